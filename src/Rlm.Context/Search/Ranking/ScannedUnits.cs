using System.Text;
using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;

namespace Rlm.Context.Search.Ranking;

/// <summary>
/// Units of files that the index does not have: all of these files are read and their words counted, the best files (BM25, Robertson and Zaragoza 2009, with a boost for names of
/// files) are divided into units, and these are weighed as the index weighs them. Time: one scan.
/// </summary>
internal sealed class ScannedUnits(ContextStore store, RankedQuery query, Scope scope, IReadOnlyList<FileEntry> files)
{
    private const int BestFiles = 48, BestUnits = 6;
    private const double K1 = 1.2, B = 0.75;

    private readonly int[]?[] _counts = new int[]?[files.Count];
    private readonly QueryWord[] _scanned = [.. query.Words.TakeWhile(word => word.Kind != QueryWordKind.Joined)];
    private int _unread;

    /// <summary>Files that could not be read.</summary>
    public int Unread => _unread;

    /// <summary>Reads all files. To be called once, first.</summary>
    public void Scan(IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        if (_scanned.Length == 0 || files.Count == 0) return;
        var counter = new TermCounter([.. _scanned.Select(word => word.Scan)]);
        ParallelFiles.Run(files.Count, progress, "searching", cancellationToken, () => (Buffers: new ScanBuffers(), Counts: new int[_scanned.Length]), (index, own) =>
        {
            if (!TryText(files[index], own.Buffers, out var text))
            {
                Interlocked.Increment(ref _unread);
                return;
            }
            Array.Clear(own.Counts);
            counter.Count(text, own.Counts);
            if (own.Counts.AsSpan().ContainsAnyExcept(0)) _counts[index] = (int[])own.Counts.Clone();
        });
    }

    /// <summary>For each word of the query, how many of the files have it; joined words are not counted.</summary>
    public int[] Holding()
    {
        var holding = new int[query.Words.Count];
        foreach (var counts in _counts)
            for (var word = 0; counts is not null && word < counts.Length; word++)
                if (counts[word] > 0) holding[word]++;
        return holding;
    }

    /// <summary>The best units of the best files.</summary>
    public IEnumerable<UnitCandidate> Find(QueryWeights weights, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        if (files.Count == 0) return [];
        var average = Math.Max(1.0, files.Average(file => (double)file.Stamp.Bytes));
        var best = Enumerable.Range(0, files.Count).Where(index => _counts[index] is not null)
            .Select(index => (File: index, Score: ScoreOf(files[index], _counts[index]!, weights, average))).OrderByDescending(file => file.Score).ThenBy(file => file.File).Take(BestFiles).ToArray();
        var found = new IReadOnlyList<UnitCandidate>[best.Length];
        var ahead = new OutlinesAhead(store, Array.ConvertAll(best, file => files[file.File]), cancellationToken);
        ParallelFiles.Run(best.Length, progress, "ranking", cancellationToken, () => new ContentExtractor(), (index, extractor) =>
        {
            ahead.At(index);
            found[index] = UnitsOf(files[best[index].File], weights, extractor, cancellationToken);
        });
        return found.SelectMany(list => list);
    }

    /// <summary>The best units of one file as it is now; none when it cannot be read.</summary>
    public IReadOnlyList<UnitCandidate> UnitsOf(FileEntry file, QueryWeights weights, ContentExtractor extractor, CancellationToken cancellationToken)
    {
        try
        {
            if (store.Open(file.Path, cancellationToken) is not WholeText text || text.LineCount == 0) return [];
            var outline = store.OutlineOf(text, cancellationToken);
            var symbols = new SymbolTable(outline);
            var units = scope.RangesOf(file.Path) is { } ranges ? RangeUnits.Of(ranges, symbols, outline, text.LineCount) : StructuralUnits.Of(symbols, text.Text.Lines);
            var scores = new double[units.Units.Length];
            var wanted = weights.Terms.ToDictionary(term => term.Term, term => term.Weight);
            foreach (var posting in extractor.Postings(text.Text.Lines, symbols, units))
                if (wanted.TryGetValue(posting.Term, out var weight)) scores[posting.Unit] += weight * posting.Impact / 255;
            return [.. Enumerable.Range(0, scores.Length).Where(unit => scores[unit] > 0).OrderByDescending(unit => scores[unit]).ThenBy(unit => unit).Take(BestUnits)
                .Select(unit => UnitCandidate.Of(file, symbols, units, unit, scores[unit], 0, text))];
        }
        catch (ContextException)
        {
            return []; // gone since it was counted; the next snapshot tells
        }
    }

    private bool TryText(FileEntry file, ScanBuffers buffers, out ReadOnlySpan<char> text)
    {
        try
        {
            var bytes = buffers.Read(store.Reader, file.Path);
            if (buffers.Characters.Length < bytes.Length) buffers.Characters = new char[Math.Max(bytes.Length, 1 << 16)];
            text = bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? FileText.Decode(bytes).Text : buffers.Characters.AsSpan(0, Encoding.UTF8.GetChars(bytes, buffers.Characters));
            return true;
        }
        catch (IOException)
        {
            text = default;
            return false;
        }
    }

    private double ScoreOf(FileEntry file, int[] counts, QueryWeights weights, double average)
    {
        double score = 0;
        var path = query.MaskOf(file.Path.Value);
        var name = query.MaskOf(file.Path.Name);
        for (var word = 0; word < counts.Length; word++)
        {
            var weight = weights.Of(1UL << word);
            score += weight * counts[word] * (K1 + 1) / (counts[word] + K1 * (1 - B + B * file.Stamp.Bytes / average));
        }
        return (score + 1.5 * weights.Of(name) + 0.5 * weights.Of(path & ~name)) * PlaceFactor.Of(file.Path, query);
    }
}
