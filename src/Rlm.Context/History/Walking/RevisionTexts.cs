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
    private readonly Dictionary<GitId, byte[]?> _bytes = [];
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

    /// <summary>
    /// Where lines of a new text stand, letter by letter, in an old one; null when they do not, or more than once: then the texts must be compared. Most commits to a file do not touch a
    /// given symbol of it, and looking for its bytes costs a tenth of comparing the files.
    /// </summary>
    public LineRange? Standing(GitId oldTree, RepoPath oldPath, GitId newTree, RepoPath newPath, LineRange lines)
    {
        if (Bytes(oldTree, oldPath) is not { } old || Bytes(newTree, newPath) is not { } now || Part(now, lines) is not { Length: > 0 } part) return null;
        var wanted = now.AsSpan(part.Start, part.Length);
        // A copy of the lines would be new even where the original is old.
        if (now.AsSpan().IndexOf(wanted) != part.Start || now.AsSpan(part.Start + 1).IndexOf(wanted) >= 0) return null;
        var at = old.AsSpan().IndexOf(wanted);
        if (at < 0 || (at > 0 && old[at - 1] != '\n') || old.AsSpan(at + 1).IndexOf(wanted) >= 0) return null;
        var start = old.AsSpan(0, at).Count((byte)'\n') + 1;
        return new(start, start + lines.Count - 1);
    }

    // The bytes of whole lines; nothing when the last of them has no end.
    private static (int Start, int Length) Part(byte[] text, LineRange lines)
    {
        var (start, end) = (0, 0);
        for (var line = 1; line <= lines.End; line++)
        {
            if (line == lines.Start) start = end;
            if (text.AsSpan(end).IndexOf((byte)'\n') is not (>= 0 and var length)) return default;
            end += length + 1;
        }
        return (start, end - start);
    }

    // UTF-16 has no lines of bytes.
    private byte[]? Bytes(GitId tree, RepoPath path)
    {
        if (objects.At(tree, path) is not { Kind: EntryInfoKind.File } entry) return null;
        if (!_bytes.TryGetValue(entry.Id, out var bytes))
        {
            if (_bytes.Count >= Kept) _bytes.Clear();
            bytes = _bytes[entry.Id] = objects.Blob(entry.Id) is { } read && !TextSniffer.IsBinary(read) && FileText.EncodingOf(read, out _) == FileEncoding.Utf8 ? read : null;
        }
        return bytes;
    }

    private void Keep(GitId blob)
    {
        _order.Enqueue(blob);
        if (_order.Count <= Kept || !_order.TryDequeue(out var oldest)) return;
        _texts.Remove(oldest);
        _outlines.Remove(oldest);
    }
}
