using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;
using Rlm.Context.Slices;

namespace Rlm.Context.Search;

/// <summary>The matching lines of one file as it is now.</summary>
/// <param name="File">As the snapshot has it.</param>
/// <param name="Text">Its text now.</param>
/// <param name="Hits">Matching lines in order; never empty.</param>
/// <param name="Symbols">For the enclosing symbols.</param>
public sealed record FileHits(FileEntry File, OpenText Text, IReadOnlyList<LineHit> Hits, SymbolsAround Symbols);

/// <summary>
/// A search for lines: the exact totals over the whole scope at once, and the lines themselves file by file as they are asked for.
/// </summary>
public sealed class LineSearch
{
    private readonly ContextStore _store;
    private readonly TextMatcher _matcher;
    private readonly Scope _scope;
    private readonly ScanResult _scan;
    private readonly ConcurrentDictionary<RepoPath, string> _late = new();

    private LineSearch(ContextStore store, TextMatcher matcher, Scope scope, ScanResult scan) => (_store, _matcher, _scope, _scan) = (store, matcher, scope, scan);

    /// <summary>Matching lines in all.</summary>
    public long Total => _scan.Total;

    /// <summary>Files with a matching line.</summary>
    public int FileCount => _scan.Files;

    /// <summary>Files that were not searched to their end, and why: those met when counting, then those met while lines were asked for, so the list may grow.</summary>
    public IReadOnlyList<ScanFault> Faults => _late.IsEmpty ? _scan.Faults : [.. _scan.Faults, .. _late.OrderBy(late => late.Key).Select(late => new ScanFault(late.Key, late.Value))];

    /// <summary>Reads the whole scope once.</summary>
    /// <exception cref="ContextException">The pattern cannot be used.</exception>
    public static LineSearch Run(ContextStore store, TextQuery query, Scope scope, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        var scan = ScanSearch.Run(store, query, scope, progress, cancellationToken);
        return new(store, scan.Matcher, scope, scan);
    }

    /// <summary>Files with a matching line, in path order.</summary>
    public IEnumerable<RepoPath> Paths => Enumerable.Range(0, _scan.Counts.Length).Where(index => _scan.Counts[index] > 0).Select(index => _scope.Files.Span[index].Path);

    /// <summary>The matching lines of one open text.</summary>
    public static IReadOnlyList<LineHit> LinesOf(OpenText text, TextQuery query, CancellationToken cancellationToken) => LineFinder.Find(text, TextMatcher.Compile(query), null, cancellationToken);

    /// <summary>Files with hits in path order, from a place on: the hits behind that line of that file.</summary>
    /// <param name="after">The last hit already shown; null to begin.</param>
    /// <param name="ahead">How many files are prepared at once, in parallel.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    public IEnumerable<FileHits> From((RepoPath Path, int Line)? after, int ahead, CancellationToken cancellationToken)
    {
        var wanted = Enumerable.Range(0, _scan.Counts.Length).Where(index => _scan.Counts[index] > 0 && IsAtOrAfter(_scope.Files.Span[index].Path, after?.Path));
        foreach (var batch in wanted.Chunk(ahead))
        {
            var found = new (OpenText Text, IReadOnlyList<LineHit> Hits)?[batch.Length];
            ParallelFiles.Run(batch.Length, null, "", cancellationToken, () => 0, (at, _) => found[at] = Open(_scope.Files.Span[batch[at]], cancellationToken));
            _store.PrepareOutlines(found.OfType<(OpenText Text, IReadOnlyList<LineHit>)>().Select(file => file.Text), cancellationToken);
            var ready = new FileHits?[batch.Length];
            ParallelFiles.Run(batch.Length, null, "", cancellationToken, () => 0, (at, _) =>
                ready[at] = found[at] is var (text, hits) ? new(_scope.Files.Span[batch[at]], text, hits, _store.SymbolsAround(text, cancellationToken)) : null);
            foreach (var file in ready)
            {
                if (file is null) continue;
                var hits = after is { } place && file.File.Path == place.Path ? [.. file.Hits.Where(hit => hit.Line > place.Line)] : file.Hits;
                if (hits.Count > 0) yield return file with { Hits = hits };
            }
        }
    }

    /// <summary>True when no hit lies behind a place; null is the beginning.</summary>
    public bool IsEnd((RepoPath Path, int Line)? place)
    {
        if (Total == 0) return true;
        if (place is { } shown && Enumerable.Range(0, _scan.Counts.Length).Any(index => _scan.Counts[index] > 0 && _scope.Files.Span[index].Path.CompareTo(shown.Path) > 0)) return false;
        return !From(place, 1, CancellationToken.None).Any();
    }

    /// <summary>Every hit as an item of a set, up to a number.</summary>
    public IReadOnlyList<SetItem> Items(int most, CancellationToken cancellationToken)
    {
        var items = new List<SetItem>();
        foreach (var file in From(null, 64, cancellationToken))
            foreach (var hit in file.Hits)
            {
                if (items.Count == most) return items;
                var range = new LineRange(hit.Line, hit.Line);
                items.Add(new(file.File.Path, range, file.Symbols.Enclosing(hit.Line)?.Path, Handle.Of(file.File.Path, range, file.Text.Lines(range)).ToString()) { Stamp = file.Text.Stamp });
            }
        return items;
    }

    private static bool IsAtOrAfter(RepoPath path, RepoPath? from) => from is not { } start || path.CompareTo(start) >= 0;

    private (OpenText Text, IReadOnlyList<LineHit> Hits)? Open(FileEntry file, CancellationToken cancellationToken)
    {
        try
        {
            var text = _store.Open(file.Path, cancellationToken);
            var hits = _scan.Large.TryGetValue(file.Path, out var kept) && kept.Stamp == text.Stamp ? kept.Hits : LineFinder.Find(text, _matcher, _scope.RangesOf(file.Path), cancellationToken);
            return hits.Count == 0 ? null : (text, hits);
        }
        catch (Exception slow) when (slow is RegexMatchTimeoutException or IndexOutOfRangeException)
        {
            _late[file.Path] = slow is RegexMatchTimeoutException ? ScanFault.Timeout : ScanFault.RegexEngine;
            return null;
        }
        catch (ContextException)
        {
            return null; // gone since it was counted; the next snapshot tells
        }
    }
}
