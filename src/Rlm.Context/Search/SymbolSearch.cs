using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;
using Rlm.Context.Slices;

namespace Rlm.Context.Search;

/// <summary>
/// Symbols by name parts, camel humps and near spelling. Names come from the index; files that it does not know are outlined now, those with the exact name first, until the
/// deadline. Near misses are looked for only when nothing fits better.
/// </summary>
public static class SymbolSearch
{
    /// <summary>Runs it over a scope. Time: a look at every name of the index, and outlines of the files it does not know that may hold the name.</summary>
    /// <exception cref="ContextException">The pattern is empty or too long.</exception>
    public static SymbolHits Run(ContextStore store, string pattern, Scope scope, TimeSpan deadline, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        var asked = Normalize(pattern);
        try
        {
            if (NameTable.Of(store, scope) is { } table) return Run(store, asked, table, scope, deadline, progress, cancellationToken);
        }
        catch (IndexDamagedException)
        {
            store.Index.Distrust();
        }
        return Outlining(store, asked, [.. Enumerable.Range(0, scope.Files.Length)], scope, deadline, progress, cancellationToken);
    }

    private static SymbolHits Run(ContextStore store, string asked, NameTable table, Scope scope, TimeSpan deadline, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        var others = Outlining(store, asked, table.Unknown, scope, deadline, progress, cancellationToken);
        var known = new KnownNames(table, asked, cancellationToken);
        var solid = known.Solid();
        if (solid.Count > 0 || (others.Hits.Count > 0 && !others.NearMissesOnly)) return new(SymbolHit.InOrder(others.NearMissesOnly ? solid : solid.Concat(others.Hits)), others.FilesLeft, NearMissesOnly: false);
        var near = SymbolHit.InOrder(known.All().Concat(others.Hits));
        return new(near, others.FilesLeft, NearMissesOnly: near.Count > 0);
    }

    // Without an index: files whose text holds the letters.
    private static SymbolHits Outlining(ContextStore store, string asked, int[] files, Scope scope, TimeSpan deadline, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        if (files.Length == 0) return new([], 0, NearMissesOnly: false);
        var ends = store.Options.Time.GetTimestamp();
        var within = files.Length == scope.Files.Length ? scope : new Scope(Array.ConvertAll(files, place => scope.Files.Span[place]), null, null, default);
        var run = new SymbolScan(store, asked, scope, within, () => store.Options.Time.GetElapsedTime(ends) > deadline);
        run.Outline(FilesWith(store, LastPart(asked), within, cancellationToken), progress, cancellationToken);
        if (HumpPattern(LastPart(asked)) is { } humps) run.Outline(FilesMatching(store, humps, within, cancellationToken), progress, cancellationToken);
        var solid = run.Best(SymbolScore.Solid);
        if (solid.Count > 0) return new(solid, run.FilesLeft, NearMissesOnly: false);
        run.Outline(Enumerable.Range(0, within.Files.Length), progress, cancellationToken);
        var near = run.Best(1);
        return new(near, run.FilesLeft, NearMissesOnly: near.Count > 0 && near[0].Score < SymbolScore.Solid);
    }

    private static string Normalize(string pattern)
    {
        var asked = pattern.Trim().Replace("::", ".", StringComparison.Ordinal).Replace('/', '.').Replace('#', '.');
        if (asked.EndsWith("()", StringComparison.Ordinal)) asked = asked[..^2];
        if (asked.Length == 0) throw new ContextException(ContextFault.BadPattern, "the pattern is empty", "Give a name or its parts, such as JsonRead or JR.");
        if (asked.Length > 300) throw new ContextException(ContextFault.BadPattern, $"the name has {asked.Length:N0} characters; names of up to 300 are searched", "Give a part of it.");
        return asked;
    }

    internal static string LastPart(string asked) => asked.LastIndexOf('.') is var dot and >= 0 && dot < asked.Length - 1 ? asked[(dot + 1)..] : asked;

    private static IEnumerable<int> FilesWith(ContextStore store, string name, Scope scope, CancellationToken cancellationToken)
    {
        var word = ScanSearch.Run(store, new(name, PatternKind.Word, PatternCase.Sensitive), scope, null, cancellationToken).Counts;
        var part = ScanSearch.Run(store, new(name, PatternKind.Literal, PatternCase.Insensitive), scope, null, cancellationToken).Counts;
        return Enumerable.Range(0, part.Length).Where(index => part[index] > 0).OrderBy(index => word[index] > 0 ? 0 : 1);
    }

    private static IEnumerable<int> FilesMatching(ContextStore store, string regex, Scope scope, CancellationToken cancellationToken)
    {
        var counts = ScanSearch.Run(store, new(regex, PatternKind.Regex, PatternCase.Insensitive), scope, null, cancellationToken).Counts;
        return Enumerable.Range(0, counts.Length).Where(index => counts[index] > 0);
    }

    // G\w*F\w*N finds the files that can hold GetFileName.
    private static string? HumpPattern(string name)
    {
        var humps = name.Any(char.IsUpper) ? SymbolScore.Humps(name).SelectMany(hump => hump.All(char.IsUpper) ? hump.Select(c => c.ToString()) : [hump]).ToArray()
            : name.Length <= 6 ? [.. name.Select(c => c.ToString())] : [];
        return humps.Length < 2 ? null : string.Join(@"\w*", humps.Select(Regex.Escape));
    }
}

internal sealed class SymbolScan(ContextStore store, string asked, Scope whole, Scope scope, Func<bool> isOver)
{
    private readonly ConcurrentDictionary<int, IReadOnlyList<SymbolHit>> _done = new();
    private readonly ConcurrentDictionary<int, bool> _left = new();

    public int FilesLeft => _left.Count;

    public void Outline(IEnumerable<int> files, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        var wanted = files.Where(index => !_done.ContainsKey(index)).ToArray();
        var ahead = new OutlinesAhead(store, Array.ConvertAll(wanted, index => scope.Files.Span[index]), cancellationToken);
        ParallelFiles.Run(wanted.Length, progress, "outlining", cancellationToken, () => 0, (at, _) =>
        {
            var index = wanted[at];
            if (isOver())
            {
                _left[index] = true;
                return;
            }
            ahead.At(at);
            var file = scope.Files.Span[index];
            _done[index] = [.. store.Symbols.SymbolsOf(file, cancellationToken).Index().Where(item => SymbolKinds.IsName(item.Item.Kind) && InScope(file.Path, item.Item.NameLine))
                .Select(item => new SymbolHit(file, item.Index, item.Item.Name, SymbolScore.Of(asked, item.Item.Name, item.Item.Path), item.Item)).Where(hit => hit.Score > 0)];
            _left.TryRemove(index, out var _);
        });
    }

    public List<SymbolHit> Best(int least) => SymbolHit.InOrder(_done.Values.SelectMany(hits => hits).Where(hit => hit.Score >= least));

    private bool InScope(RepoPath path, int line) => whole.RangesOf(path) is not { } ranges || ranges.Any(range => range.Contains(line));
}
