using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.History;
using Rlm.Context.History.Opening;
using Rlm.Context.Slices;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>What a kind of thing history is asked of.</summary>
internal enum HistoryTargetKind
{
    /// <summary>Everything.</summary>
    Root,
    /// <summary>A folder of the work tree.</summary>
    Folder,
    /// <summary>A file of the work tree, or one that is gone from it.</summary>
    File,
    /// <summary>Lines or symbols of the work tree.</summary>
    Lines,
    /// <summary>Two revisions.</summary>
    Range,
    /// <summary>One revision.</summary>
    Revision,
}

/// <summary>What history is asked of.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Words">As the caller wrote it, escaped.</param>
internal sealed record HistoryTarget(HistoryTargetKind Kind, string Words)
{
    /// <summary>The file or folder.</summary>
    public RepoPath Path { get; init; } = RepoPath.Root;

    /// <summary>The lines; several when a symbol is ambiguous.</summary>
    public IReadOnlyList<Target> Targets { get; init; } = [];

    /// <summary>The old end of a range.</summary>
    public GitId From { get; init; }

    /// <summary>The revision, or the new end of a range.</summary>
    public GitId To { get; init; }

    public string StandardView => Kind switch { HistoryTargetKind.Range => "diff", HistoryTargetKind.Revision => "show", _ => "log" };

    /// <exception cref="ContextException">It means nothing here.</exception>
    public static HistoryTarget Of(ToolCall call, HistoryReader reader)
    {
        var text = call.Arguments.Text("target");
        if (string.IsNullOrWhiteSpace(text) || text is "." or "/" or "./") return new(HistoryTargetKind.Root, ".");
        var words = TextAnswer.Cut(NameEscaping.Escape(text), 120);
        if (call.Store.Scopes.NamesPath(text, call.Snapshot)) return OfPath(call, reader, text, words);
        if (RevisionSyntax.IsRange(text))
        {
            var (from, to) = reader.Range(text);
            return new(HistoryTargetKind.Range, words) { From = from, To = to };
        }
        if (reader.NamesRevision(text) is { } named) return new(HistoryTargetKind.Revision, words) { To = named };
        try
        {
            var targets = call.Admitted(call.Store.Targets.Resolve(text, call.Snapshot, call.Cancellation), target => (target.Text.Path, target.Range));
            return new(HistoryTargetKind.Lines, words) { Path = targets[0].Text.Path, Targets = targets };
        }
        catch (ContextException fault) when (fault.Fault is ContextFault.UnknownPath or ContextFault.UnknownSymbol or ContextFault.OutOfRange)
        {
            if (GonePath(call, reader, text) is { } gone) return new(HistoryTargetKind.File, words) { Path = gone };
            if (reader.TryFind(text) is { } found) return new(HistoryTargetKind.Revision, words) { To = found };
            throw;
        }
    }

    private static HistoryTarget OfPath(ToolCall call, HistoryReader reader, string text, string words)
    {
        var path = call.Store.Scopes.PathOf(text);
        Refuse(reader, path);
        if (path.IsRoot) return new(HistoryTargetKind.Root, ".");
        var isFolder = call.Snapshot.HasFolder(path) || (call.Snapshot.Find(path) is null && call.Store.IsFolder(path));
        if (call.Within is not null && call.Narrowed(call.Store.Scopes.Resolve(text, call.Snapshot, call.Cancellation)).Files.IsEmpty) throw OutOfScope(words);
        return new(isFolder ? HistoryTargetKind.Folder : HistoryTargetKind.File, words) { Path = path };
    }

    // A file that once was: its path must have some commit.
    private static RepoPath? GonePath(ToolCall call, HistoryReader reader, string text)
    {
        RepoPath path;
        try
        {
            path = call.Store.Scopes.PathOf(text);
        }
        catch (ContextException)
        {
            return null;
        }
        if (path.IsRoot || call.Within is not null || !reader.WasThere(path, call.Cancellation)) return null;
        Refuse(reader, path);
        return path;
    }

    private static void Refuse(HistoryReader reader, RepoPath path)
    {
        if (reader.VerdictOf(path) == PathVerdict.Secret) throw new ToolException(ErrorCodes.SecretFile, $"asked {NameEscaping.Escape(path.Value)}, which is on the list of secret files", "Only the operator can open it, with --allow-secret.");
    }

    private static ToolException OutOfScope(string words) => new(ErrorCodes.OutOfScope, $"{words} lies outside this session's scope", "map() shows what is inside.");
}
