using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Scopes;

namespace Rlm.Context.Search;

/// <summary>
/// Counts the matching lines of every file in scope: the index rules files out that cannot match, all others are looked through in parallel. Exact: no file is passed over
/// that could match. The lines themselves are found again, file by file, for the page that is shown.
/// </summary>
internal sealed class ScanSearch
{
    private static readonly TimeSpan TotalTimeoutLimit = TimeSpan.FromSeconds(5);

    private const int MaxKeptHits = 1_000_000;

    // From here on it is worth telling the matcher how much there is.
    private const long MuchText = 16 << 20;

    private readonly ContextStore _store;
    private TextMatcher _matcher;
    private readonly ConcurrentDictionary<RepoPath, LargeHits> _large = new();
    private long _timeoutTicks;

    private ScanSearch(ContextStore store, TextMatcher matcher) => (_store, _matcher) = (store, matcher);

    /// <summary>Looks through the scope. Time: about that of reading the files that the index cannot rule out.</summary>
    /// <exception cref="ContextException">The pattern cannot be used.</exception>
    public static ScanResult Run(ContextStore store, TextQuery query, Scope scope, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        var search = new ScanSearch(store, TextMatcher.Compile(query));
        try
        {
            if (store.CurrentView() is { } view) return search.LookThrough(query, CandidateFiles.Of(view, query, scope), scope, progress, cancellationToken);
        }
        catch (IndexDamagedException)
        {
            store.Index.Distrust();
        }
        return search.LookThrough(query, CandidateFiles.All(scope), scope, progress, cancellationToken);
    }

    private ScanResult LookThrough(TextQuery query, CandidateFiles candidates, Scope scope, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        if (candidates.Bytes >= MuchText) _matcher = TextMatcher.Compile(query, candidates.Bytes);
        var counts = new int[scope.Files.Length];
        var faults = new ConcurrentBag<ScanFault>();
        ParallelFiles.Run(candidates.Files.Count, progress, "searching", cancellationToken, () => new ScanBuffers(), (index, buffers) =>
        {
            var candidate = candidates.Files[index];
            var file = scope.Files.Span[candidate.Place];
            if (Count(file, candidate.Documents, candidates, scope, buffers, cancellationToken, out var fault) is var count and > 0) counts[candidate.Place] = count;
            if (fault is { } why) faults.Add(new(file.Path, why));
        });
        return new(_matcher, counts, [.. faults.OrderBy(fault => fault.Path)], _large);
    }

    // Reading a huge file twice for one answer would double its time, so its hits are kept.
    private int CountLarge(FileEntry file, Scope scope, CancellationToken cancellationToken)
    {
        var text = _store.Open(file.Path, cancellationToken);
        var hits = LineFinder.Find(text, _matcher, scope.RangesOf(file.Path), cancellationToken);
        if (hits.Count is > 0 and <= MaxKeptHits) _large[file.Path] = new(text.Stamp, hits);
        return hits.Count;
    }

    // Null when the index does not keep the bytes.
    private int? CountKept(int[] documents, CandidateFiles candidates, ScanBuffers buffers, CancellationToken cancellationToken)
    {
        if (documents.Length == 0) return null;
        var count = 0;
        foreach (var document in documents)
        {
            if (!candidates.TryRead(document, ref buffers.Bytes, out var length)) return null;
            count += _matcher.CountLines(buffers.Bytes.AsSpan(0, length), ref buffers.Characters, cancellationToken);
        }
        return count;
    }

    private int Count(FileEntry file, int[] documents, CandidateFiles candidates, Scope scope, ScanBuffers buffers, CancellationToken cancellationToken, out string? fault)
    {
        fault = null;
        if (Interlocked.Read(ref _timeoutTicks) > TotalTimeoutLimit.Ticks)
        {
            fault = ScanFault.Timeout;
            return 0;
        }
        var started = Stopwatch.GetTimestamp();
        try
        {
            if (file.IsLarge) return CountLarge(file, scope, cancellationToken);
            if (scope.RangesOf(file.Path) is not null) return _store.FindLines(file, _matcher, scope.RangesOf(file.Path), cancellationToken).Count;
            return CountKept(documents, candidates, buffers, cancellationToken) ?? _matcher.CountLines(buffers.Read(_store.Reader, file.Path), ref buffers.Characters, cancellationToken);
        }
        catch (RegexMatchTimeoutException)
        {
            Interlocked.Add(ref _timeoutTicks, Stopwatch.GetElapsedTime(started).Ticks);
            fault = ScanFault.Timeout;
        }
        catch (IndexOutOfRangeException)
        {
            fault = ScanFault.RegexEngine; // .NET's interpreter, on patterns such as (?>()+?b)c
        }
        catch (Exception gone) when (gone is RootAccessException { Fault: not RootAccessFault.Denied } or ContextException)
        {
            // Deleted or replaced since the walk: it is not covered any more.
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            fault = "unreadable";
        }
        return 0;
    }
}

/// <summary>Why a file in scope was not searched to its end.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason"><c>timeout</c>, <c>unreadable</c>, or <c>regex engine</c> for a fault of .NET's own.</param>
public readonly record struct ScanFault(RepoPath Path, string Reason)
{
    internal const string Timeout = "timeout", RegexEngine = "regex engine";
}

/// <summary>Matching lines per file of the scope, in the scope's order, and what could not be searched.</summary>
internal sealed record ScanResult(TextMatcher Matcher, int[] Counts, IReadOnlyList<ScanFault> Faults, IReadOnlyDictionary<RepoPath, LargeHits> Large)
{
    /// <summary>Matching lines in all.</summary>
    public long Total => Counts.Sum(count => (long)count);

    /// <summary>Files with at least one matching line.</summary>
    public int Files => Counts.Count(count => count > 0);
}

/// <summary>The hits of one version of a large file.</summary>
internal sealed record LargeHits(FileStamp Stamp, IReadOnlyList<LineHit> Hits);

/// <summary>Buffers that one worker of a scan uses again for every file.</summary>
internal sealed class ScanBuffers
{
    public byte[] Bytes = [];
    public char[] Characters = [];

    /// <summary>The file's bytes, good until the next call.</summary>
    /// <exception cref="RootAccessException">See <see cref="FileReader.Read"/>.</exception>
    public ReadOnlySpan<byte> Read(FileReader reader, RepoPath path)
    {
        var length = reader.ReadInto(ref Bytes, path, out _); // may exchange the buffer
        return Bytes.AsSpan(0, Math.Max(0, length));
    }
}
