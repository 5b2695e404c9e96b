using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.Scopes;

namespace Rlm.Context.Slices;

/// <summary>
/// Finds what a target means: a path, <c>path:10-42</c>, <c>path:10</c>, <c>path:10:5-80</c> (columns of a long line), a handle, <c>path#Symbol</c>, a symbol, or
/// <c>@set</c> and its third item <c>@set[3]</c>. A target that names an existing file exactly is that file; otherwise suffixes are read from the right.
/// </summary>
public sealed partial class TargetResolver
{
    private readonly ContextStore _store;

    internal TargetResolver(ContextStore store) => _store = store;

    /// <summary>All that the target means: one, or every candidate when a symbol is ambiguous, or every item of a set; never empty.</summary>
    /// <param name="asked">What the caller wrote.</param>
    /// <param name="snapshot">Where names are looked for.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <param name="limit">The most time for a symbol that the index does not know; 15 s when null.</param>
    /// <exception cref="ContextException">It means nothing here, or cannot be read; near names are given.</exception>
    public IReadOnlyList<Target> Resolve(string asked, Snapshot snapshot, CancellationToken cancellationToken, TimeSpan? limit = null)
    {
        if (asked.Length == 0) throw new ContextException(ContextFault.BadArgument, "a target is empty", "Give a path, path:10-42, a handle or a symbol.");
        if (asked.Length > 4096) throw new ContextException(ContextFault.BadArgument, "a target has more than 4,096 characters", "Give a path, path:10-42, a handle or a symbol.");
        if (ExistingPath(asked) is { } exact) return [WholeFile(asked, exact, snapshot, cancellationToken)];
        if (SetPattern().Match(asked) is { Success: true } set) return OfSet(asked, set, snapshot, cancellationToken);
        // A suffix counts when what is left of it names a file; only then do the others get their turn, and the errors come last.
        var isHandle = Handle.TryParse(NameEscaping.Unescape(asked), out var handle);
        if (isHandle && ExistingFile(handle!.Value.Path.Value) is not null) return [OfHandle(asked, handle.Value, snapshot, cancellationToken)];
        Match lines = LinesPattern().Match(asked), columns = ColumnsPattern().Match(asked);
        foreach (var range in (ReadOnlySpan<Match>)[lines, columns])
            if (range.Success && ExistingFile(range.Groups["path"].Value) is { } path) return [LinesOf(asked, path, range, snapshot, cancellationToken)];
        if (OfPathAndSymbol(asked, snapshot, cancellationToken) is { } inFile) return inFile;
        if (isHandle) return [OfHandle(asked, handle!.Value, snapshot, cancellationToken)];
        foreach (var range in (ReadOnlySpan<Match>)[columns, lines])
            if (range.Success && (LooksLikePath(range.Groups["path"].Value) || ExistingPath(range.Groups["path"].Value) is not null)) throw NoFile(range.Groups["path"].Value, snapshot);
        return OfSymbol(asked, snapshot, limit, cancellationToken);
    }

    private RepoPath? ExistingPath(string asked)
    {
        try
        {
            var path = _store.Paths.Normalize(asked);
            return _store.Root.KindOf(path) is EntryKind.None ? null : path;
        }
        catch (ContextException fault) when (fault.Fault is ContextFault.OutsideRoot && !LooksLikePath(asked))
        {
            return null;
        }
    }

    private RepoPath? ExistingFile(string asked) => ExistingPath(asked) is { } path && _store.Root.KindOf(path) != EntryKind.Folder ? path : null;

    private ContextException NoFile(string asked, Snapshot snapshot)
    {
        var path = _store.Paths.Normalize(asked);
        return _store.Root.KindOf(path) == EntryKind.Folder ? Folder(path) : PathErrors.Unknown(path, snapshot);
    }

    private static ContextException Folder(RepoPath path) =>
        new(ContextFault.BadArgument, $"asked {NameEscaping.Escape(path.IsRoot ? "." : path.Value)}, which is a folder", $"map(path: \"{NameEscaping.Escape(path.IsRoot ? "." : path.Value)}\") lists it.");

    private Target WholeFile(string asked, RepoPath path, Snapshot snapshot, CancellationToken cancellationToken)
    {
        if (_store.Root.KindOf(path) == EntryKind.Folder) throw Folder(path);
        var text = OpenAt(path, snapshot, cancellationToken);
        return new(asked, text, text.All) { IsWholeFile = true };
    }

    private OpenText OpenAt(RepoPath path, Snapshot snapshot, CancellationToken cancellationToken)
    {
        try
        {
            return _store.Open(path, cancellationToken);
        }
        catch (ContextException fault) when (fault.Fault == ContextFault.UnknownPath && fault.Near.Count == 0)
        {
            throw PathErrors.Unknown(path, snapshot);
        }
    }

    private List<Target> OfSet(string asked, Match match, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var scope = _store.Scopes.Resolve("@" + match.Groups[1].Value, snapshot, cancellationToken);
        var items = scope.Items ?? [];
        if (match.Groups[2].Success)
        {
            var number = int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
            if (number < 1 || number > items.Count) throw new ContextException(ContextFault.OutOfRange, $"asked item {number} of @{match.Groups[1].Value}, which has {items.Count:N0}", $"Ask for 1 to {items.Count:N0}.");
            items = [items[number - 1]];
        }
        if (items.Count == 0) throw new ContextException(ContextFault.OutOfRange, $"set @{match.Groups[1].Value} is empty, or all its text is gone", "Make it again with as: \"" + match.Groups[1].Value + "\".");
        var targets = new List<Target>();
        foreach (var group in items.GroupBy(item => item.Path))
        {
            // One reading of a file serves all its items, so that a large set costs its files and not its items.
            var text = OpenAt(group.Key, snapshot, cancellationToken);
            foreach (var item in group) targets.Add(OfItem(asked, item, text, cancellationToken) with { Losses = scope.Losses });
        }
        return targets;
    }

    private Target OfItem(string asked, SetItem item, OpenText text, CancellationToken cancellationToken)
    {
        if (item.Range is not { } range) return new Target(asked, text, text.All) { IsWholeFile = true };
        var symbol = item.IsWholeSymbol ? _store.OutlineOf(text, cancellationToken).All.FirstOrDefault(candidate => candidate.Path == item.Symbol) : null;
        return new Target(asked, text, Within(range, text, asked)) { Symbol = symbol };
    }

    private Target OfHandle(string asked, Handle handle, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var path = _store.Paths.Normalize(handle.Path.Value);
        if (_store.Root.KindOf(path) == EntryKind.None)
            throw new ContextException(ContextFault.OutOfRange, $"asked {NameEscaping.Escape(asked)}, whose text is gone with its file", "search finds where it may have moved.", PathErrors.Unknown(path, snapshot).Near);
        var text = OpenAt(path, snapshot, cancellationToken);
        var symbol = _store.Journal.Recall(handle);
        var followed = HandleFollower.Follow(handle, text, () => _store.OutlineOf(text, cancellationToken), symbol)
            ?? throw new ContextException(ContextFault.OutOfRange, $"asked {NameEscaping.Escape(asked)}, whose text is gone from {NameEscaping.Escape(text.Path.Value)}, which has {text.LineCount:N0} lines now",
                $"map(path: \"{NameEscaping.Escape(text.Path.Value)}\", view: \"outline\") shows what is there now.");
        // Several symbols may fill the same lines: the one that was shown is meant.
        var shown = symbol is null ? null : _store.OutlineOf(text, cancellationToken).All.FirstOrDefault(candidate => candidate.Path == symbol && candidate.Range == followed.Range);
        return new(asked, text, followed.Range) { Symbol = shown, Moved = followed.Reason is { } reason ? new(handle, reason) : null };
    }

    // The symbol is read from the right, so that a file whose name holds a # is found; a heading may hold one too, so every # gets its turn.
    private List<Target>? OfPathAndSymbol(string asked, Snapshot snapshot, CancellationToken cancellationToken)
    {
        ContextException? fault = null;
        for (var at = asked.LastIndexOf('#'); at > 0; at = asked.LastIndexOf('#', at - 1))
        {
            if (ExistingFile(asked[..at]) is not { } path || at + 1 == asked.Length) continue;
            var name = asked[(at + 1)..];
            if (GitHubLines().Match(name) is { Success: true } lines) return [LinesOf(asked, path, lines, snapshot, cancellationToken)];
            var text = OpenAt(path, snapshot, cancellationToken);
            var found = _store.Symbols.FindIn(text, name, cancellationToken);
            if (found.Count == 0 && NameEscaping.Unescape(name) is var real && real != name) found = _store.Symbols.FindIn(text, real, cancellationToken);
            if (found.Count > 0) return [.. found.Select(symbol => OfFound(asked, text, symbol))];
            fault = UnknownInFile(name, text, cancellationToken);
        }
        if (fault is not null) throw fault;
        var hash = asked.IndexOf('#');
        return hash > 0 && LooksLikePath(asked[..hash]) ? throw NoFile(asked[..hash], snapshot) : null;
    }

    private ContextException UnknownInFile(string name, OpenText text, CancellationToken cancellationToken)
    {
        var names = _store.OutlineOf(text, cancellationToken).All.Select(symbol => symbol.Path).ToArray();
        var near = names.Where(path => path.EndsWith(LastName(name), StringComparison.OrdinalIgnoreCase)).Take(3).Concat(NearNames.Of(name, names)).Distinct().Take(3);
        return new(ContextFault.UnknownSymbol, $"asked symbol {NameEscaping.Escape(name)}, which {NameEscaping.Escape(text.Path.Value)} does not declare",
            $"map(path: \"{NameEscaping.Escape(text.Path.Value)}\", view: \"outline\") lists its symbols.", [.. near]);
    }

    private static Target OfFound(string asked, OpenText text, FoundSymbol found) => new(asked, text, found.Symbol.Range) { Symbol = found.Symbol };

    private Target LinesOf(string asked, RepoPath path, Match match, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var text = WholeFile(asked, path, snapshot, cancellationToken).Text;
        var start = int.Parse(match.Groups["start"].ValueSpan, CultureInfo.InvariantCulture);
        var end = match.Groups["end"].Success ? int.Parse(match.Groups["end"].ValueSpan, CultureInfo.InvariantCulture) : start;
        var range = Within(new(start, end), text, asked);
        if (!match.Groups["from"].Success || !match.Groups["to"].Success) return new(asked, text, range) { AskedEnd = end > range.End ? end : null };
        var from = int.Parse(match.Groups["from"].ValueSpan, CultureInfo.InvariantCulture);
        var to = int.Parse(match.Groups["to"].ValueSpan, CultureInfo.InvariantCulture);
        return from >= 1 && to >= from ? new(asked, text, range) { Columns = new(from, to) } : throw Columns(asked);
    }

    private static ContextException Columns(string asked) => new(ContextFault.OutOfRange, $"asked {NameEscaping.Escape(asked)}; columns count from 1 and the last is not before the first", "Ask for path:10:1-40000.");

    private static LineRange Within(LineRange range, OpenText text, string asked)
    {
        if (range == text.All && text.LineCount == 0) return range; // an empty file is shown as 1-0
        if (range.Start >= 1 && range.End >= range.Start && range.Start <= text.LineCount) return new(range.Start, Math.Min(range.End, text.LineCount));
        var path = NameEscaping.Escape(text.Path.Value);
        var why = range.End < range.Start ? "a range whose end is before its start" : $"lines {range} of {path}";
        throw new ContextException(ContextFault.OutOfRange, $"asked {why}; {path} has {text.LineCount:N0} lines",
            text.LineCount == 0 ? "The file is empty." : $"Read within 1-{text.LineCount}, or map(path: \"{path}\", view: \"outline\") to find the symbol.");
    }

    private List<Target> OfSymbol(string asked, Snapshot snapshot, TimeSpan? limit, CancellationToken cancellationToken)
    {
        var found = _store.Symbols.Find(asked, ScopeResolver.All(snapshot), cancellationToken, limit);
        var targets = new List<Target>();
        foreach (var group in found.GroupBy(symbol => symbol.Path))
        {
            var text = _store.Open(group.Key, cancellationToken);
            if (group.All(symbol => symbol.Stamp == text.Stamp))
            {
                targets.AddRange(group.Select(symbol => OfFound(asked, text, symbol)));
                continue;
            }
            // Looked up again in the text just read, so that lines and text are of one version.
            foreach (var symbol in _store.OutlineOf(text, cancellationToken).All)
                if (group.Any(wanted => wanted.Symbol.Path == symbol.Path)) targets.Add(new(asked, text, symbol.Range) { Symbol = symbol });
        }
        if (targets.Count > 0) return targets;
        if (LooksLikePath(asked)) throw NoFile(asked, snapshot);
        throw _store.Symbols.Unknown(asked, snapshot, cancellationToken);
    }

    // A slash or an ending like .cs: more likely a path than a symbol, for the error's sake.
    private static bool LooksLikePath(string text) =>
        (text.Contains('/') && !text.Contains("operator", StringComparison.Ordinal)) || (Languages.OfFileName(text) is not ("text" or "unknown") && text.Contains('.'));

    private static string LastName(string symbol) => symbol[(symbol.LastIndexOfAny(['.', '/', ':']) + 1)..];

    [GeneratedRegex(@"^@([A-Za-z_][A-Za-z0-9_.-]{0,63})(?:\[([0-9]{1,6})\])?\z")]
    private static partial Regex SetPattern();

    [GeneratedRegex(@"^(?<path>.+):(?<start>[0-9]{1,9})(?:-(?<end>[0-9]{1,9}))?(?<from>(?!))?(?<to>(?!))?\z", RegexOptions.Singleline)]
    private static partial Regex LinesPattern();

    [GeneratedRegex(@"^(?<path>.+):(?<start>[0-9]{1,9})(?<end>(?!))?:(?<from>[0-9]{1,9})(?:-(?<to>[0-9]{1,9}))?\z", RegexOptions.Singleline)]
    private static partial Regex ColumnsPattern();

    [GeneratedRegex(@"^L(?<start>[0-9]{1,9})(?:-L?(?<end>[0-9]{1,9}))?(?<from>(?!))?(?<to>(?!))?\z")]
    private static partial Regex GitHubLines();
}
