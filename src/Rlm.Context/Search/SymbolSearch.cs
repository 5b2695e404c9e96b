using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;
using Rlm.Context.Slices;

namespace Rlm.Context.Search;

/// <summary>A symbol that fits, and how well (1 to 100).</summary>
public sealed record SymbolHit(RepoPath Path, Symbol Symbol, int Score)
{
    /// <summary>The form that every tool takes.</summary>
    public string FullPath => $"{Path.Value}#{Symbol.Path}";
}

/// <summary>Symbols that fit, best first.</summary>
/// <param name="Hits">By score, then the shorter name, path and line.</param>
/// <param name="FilesLeft">Files that might hold more but were not outlined before the deadline.</param>
/// <param name="NearMissesOnly">True when nothing fits and the hits are spelled nearly so.</param>
public sealed record SymbolHits(IReadOnlyList<SymbolHit> Hits, int FilesLeft, bool NearMissesOnly);

/// <summary>
/// Symbols by name parts, camel humps and near spelling, without an index: files whose text holds the letters are outlined, those with the exact name first,
/// until the deadline. Near misses are looked for only when nothing fits better.
/// </summary>
public static class SymbolSearch
{
    /// <summary>Runs it over a scope.</summary>
    /// <exception cref="ContextException">The pattern is empty or too long.</exception>
    public static SymbolHits Run(ContextStore store, string pattern, Scope scope, TimeSpan deadline, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        var asked = Normalize(pattern);
        var ends = store.Options.Time.GetTimestamp();
        var run = new SymbolScan(store, asked, scope, () => store.Options.Time.GetElapsedTime(ends) > deadline);
        run.Outline(FilesWith(store, LastPart(asked), scope, cancellationToken), progress, cancellationToken);
        if (HumpPattern(LastPart(asked)) is { } humps) run.Outline(FilesMatching(store, humps, scope, cancellationToken), progress, cancellationToken);
        var solid = run.Best(SymbolScore.Solid);
        if (solid.Count > 0) return new(solid, run.FilesLeft, NearMissesOnly: false);
        run.Outline(Enumerable.Range(0, scope.Files.Length), progress, cancellationToken);
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

    private static string LastPart(string asked) => asked.LastIndexOf('.') is var dot and >= 0 && dot < asked.Length - 1 ? asked[(dot + 1)..] : asked;

    private static IEnumerable<int> FilesWith(ContextStore store, string name, Scope scope, CancellationToken cancellationToken)
    {
        var word = ScanSearch.Run(store, TextMatcher.Compile(new(name, PatternKind.Word, PatternCase.Sensitive)), scope, null, cancellationToken).Counts;
        var part = ScanSearch.Run(store, TextMatcher.Compile(new(name, PatternKind.Literal, PatternCase.Insensitive)), scope, null, cancellationToken).Counts;
        return Enumerable.Range(0, part.Length).Where(index => part[index] > 0).OrderBy(index => word[index] > 0 ? 0 : 1);
    }

    private static IEnumerable<int> FilesMatching(ContextStore store, string regex, Scope scope, CancellationToken cancellationToken)
    {
        var counts = ScanSearch.Run(store, TextMatcher.Compile(new(regex, PatternKind.Regex, PatternCase.Insensitive)), scope, null, cancellationToken).Counts;
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

internal sealed class SymbolScan(ContextStore store, string asked, Scope scope, Func<bool> isOver)
{
    private readonly ConcurrentDictionary<int, IReadOnlyList<SymbolHit>> _done = new();
    private readonly ConcurrentDictionary<int, bool> _left = new();

    public int FilesLeft => _left.Count;

    public void Outline(IEnumerable<int> files, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        var wanted = files.Where(index => !_done.ContainsKey(index)).ToArray();
        ParallelFiles.Run(wanted.Length, progress, "outlining", cancellationToken, () => 0, (at, _) =>
        {
            var index = wanted[at];
            if (isOver())
            {
                _left[index] = true;
                return;
            }
            var file = scope.Files.Span[index];
            _done[index] = [.. store.Symbols.SymbolsOf(file, cancellationToken).Where(symbol => SymbolKinds.IsName(symbol.Kind) && InScope(file.Path, symbol.NameLine))
                .Select(symbol => new SymbolHit(file.Path, symbol, SymbolScore.Of(asked, symbol.Name, symbol.Path))).Where(hit => hit.Score > 0)];
            _left.TryRemove(index, out var _);
        });
    }

    public List<SymbolHit> Best(int least) =>
        [.. _done.Values.SelectMany(hits => hits).Where(hit => hit.Score >= least)
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Symbol.Name.Length).ThenBy(hit => hit.Path).ThenBy(hit => hit.Symbol.NameLine).ThenBy(hit => hit.Symbol.Path, StringComparer.Ordinal)];

    private bool InScope(RepoPath path, int line) => scope.RangesOf(path) is not { } ranges || ranges.Any(range => range.Contains(line));
}
