using Rlm.Context.Files;
using Rlm.Context.History.Comparing;
using Rlm.Context.History.Objects;
using Rlm.Context.Outlines;

namespace Rlm.Context.History.Walking;

/// <summary>Texts of files at commits for a walk, which needs the same text twice: of a commit, then of the parent of the one before. Keeps the last few.</summary>
internal sealed class RevisionTexts(GitObjects objects, OutlineProviders outliners)
{
    private const int Kept = 24;

    private readonly Dictionary<GitId, TextVersion?> _texts = [];
    private readonly Dictionary<GitId, Outline> _outlines = [];
    private readonly Queue<GitId> _order = new();

    /// <summary>The text of a file of a tree; null when it is no file there, is not in this clone, or is too large.</summary>
    public (GitId Blob, TextVersion Text)? Of(GitId tree, RepoPath path)
    {
        if (objects.At(tree, path) is not { Kind: EntryInfoKind.File } entry) return null;
        if (!_texts.TryGetValue(entry.Id, out var text))
        {
            Keep(entry.Id);
            text = _texts[entry.Id] = TextVersion.Of(objects, entry.Id);
        }
        return text is null ? null : (entry.Id, text);
    }

    /// <summary>The outline of a text that <see cref="Of"/> gave.</summary>
    public Outline Outline((GitId Blob, TextVersion Text) version, RepoPath path, CancellationToken cancellationToken)
    {
        if (_outlines.TryGetValue(version.Blob, out var outline)) return outline;
        return _outlines[version.Blob] = outliners.Outline(new(path, Languages.OfFileName(path.Name), version.Text.Text), cancellationToken);
    }

    private void Keep(GitId blob)
    {
        _order.Enqueue(blob);
        if (_order.Count <= Kept || !_order.TryDequeue(out var oldest)) return;
        _texts.Remove(oldest);
        _outlines.Remove(oldest);
    }
}
