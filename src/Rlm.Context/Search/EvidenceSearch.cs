using System.Text;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;
using Rlm.Context.Slices;

namespace Rlm.Context.Search;

/// <summary>A region of source that bears on a question.</summary>
/// <param name="Path">The file.</param>
/// <param name="Symbol">The structural unit; null for lines of a text without units.</param>
/// <param name="Handle">Handle of the whole unit.</param>
/// <param name="Score">For ordering; larger is better.</param>
/// <param name="Lines">Its first line and its best lines, in order.</param>
public sealed record Evidence(RepoPath Path, Symbol? Symbol, Handle Handle, double Score, IReadOnlyList<EvidenceLine> Lines);

/// <summary>One quoted line.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Text">Without its terminator.</param>
public readonly record struct EvidenceLine(int Line, string Text);

/// <summary>Evidence for a question and what it was drawn from.</summary>
/// <param name="Regions">Best first.</param>
/// <param name="Terms">The words looked for.</param>
/// <param name="FilesScanned">Files read.</param>
/// <param name="FilesMatching">Files with at least one of the words.</param>
/// <param name="FilesUnread">Files that could not be read or are searched only as large files.</param>
public sealed record EvidenceResult(IReadOnlyList<Evidence> Regions, IReadOnlyList<string> Terms, int FilesScanned, int FilesMatching, int FilesUnread);

/// <summary>
/// Ranks files by the words of a question (BM25, Robertson and Zaragoza 2009, with a boost for names of files), then the structural units of the best files
/// by name, signature, doc and body. Lexical: it knows no synonyms. Time: one scan of the scope.
/// </summary>
public static class EvidenceSearch
{
    private const int BestFiles = 48, MaxPerFile = 3, LinesPerRegion = 8;
    private const double K1 = 1.2, B = 0.75;

    /// <summary>Up to <paramref name="count"/> regions.</summary>
    public static EvidenceResult Run(ContextStore store, string question, Scope scope, int count, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        var terms = QuestionTerms.Of(question);
        if (terms.Count == 0) return new([], terms, 0, 0, scope.Files.Length);
        var counter = new TermCounter(terms);
        var scan = Scan(store, scope, counter, terms.Count, progress, cancellationToken);
        var weights = Weights(scan.Counts, terms.Count, scope.Files.Length);
        var best = Best(scope, scan.Counts, terms, weights);
        var regions = new List<Evidence>[best.Count];
        ParallelFiles.Run(best.Count, progress, "ranking", cancellationToken, () => 0, (index, _) =>
            regions[index] = new UnitRanking(store, terms, weights, counter).Rank(scope.Files.Span[best[index].File], best[index].Score, scope, cancellationToken));
        var chosen = regions.SelectMany(list => list.OrderByDescending(region => region.Score).Take(MaxPerFile))
            .OrderByDescending(region => region.Score).ThenBy(region => region.Path).ThenBy(region => region.Handle.Range.Start).Take(count).ToArray();
        return new(chosen, terms, scope.Files.Length - scan.Unread, scan.Counts.Count(counts => counts is not null), scan.Unread);
    }

    private static (int[]?[] Counts, int Unread) Scan(ContextStore store, Scope scope, TermCounter counter, int terms, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        var all = new int[]?[scope.Files.Length];
        var unread = 0;
        ParallelFiles.Run(all.Length, progress, "searching", cancellationToken, () => (Buffers: new ScanBuffers(), Counts: new int[terms]), (index, own) =>
        {
            var file = scope.Files.Span[index];
            if (file.IsLarge || !TryText(store, file, own.Buffers, out var text))
            {
                Interlocked.Increment(ref unread);
                return;
            }
            Array.Clear(own.Counts);
            counter.Count(text, own.Counts);
            if (own.Counts.AsSpan().ContainsAnyExcept(0)) all[index] = (int[])own.Counts.Clone();
        });
        return (all, unread);
    }

    private static bool TryText(ContextStore store, FileEntry file, ScanBuffers buffers, out ReadOnlySpan<char> text)
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

    private static double[] Weights(int[]?[] counts, int terms, int files)
    {
        var weights = new double[terms];
        for (var term = 0; term < terms; term++)
        {
            var holding = counts.Count(file => file is not null && file[term] > 0);
            weights[term] = Math.Log(1 + (files - holding + 0.5) / (holding + 0.5));
        }
        return weights;
    }

    private static List<(int File, double Score)> Best(Scope scope, int[]?[] counts, IReadOnlyList<string> terms, double[] weights)
    {
        var average = Math.Max(1.0, (double)scope.Bytes / Math.Max(1, scope.Files.Length));
        var scored = new List<(int File, double Score)>();
        for (var index = 0; index < counts.Length; index++)
            if (counts[index] is { } found) scored.Add((index, Score(scope.Files.Span[index], found, terms, weights, average)));
        return [.. scored.OrderByDescending(file => file.Score).ThenBy(file => file.File).Take(BestFiles)];
    }

    private static double Score(FileEntry file, int[] counts, IReadOnlyList<string> terms, double[] weights, double average)
    {
        double score = 0;
        var name = file.Path.Name;
        for (var term = 0; term < counts.Length; term++)
        {
            double found = counts[term];
            score += weights[term] * found * (K1 + 1) / (found + K1 * (1 - B + B * file.Stamp.Bytes / average));
            if (name.Contains(terms[term], StringComparison.OrdinalIgnoreCase)) score += 1.5 * weights[term];
            else if (file.Path.Value.Contains(terms[term], StringComparison.OrdinalIgnoreCase)) score += 0.5 * weights[term];
        }
        return score * PlaceFactor(file.Path, terms);
    }

    // Tests and change logs repeat the words of a question without answering it, unless they are asked for.
    private static double PlaceFactor(RepoPath path, IReadOnlyList<string> terms)
    {
        if (path.Value.Contains("test", StringComparison.OrdinalIgnoreCase) && !terms.Contains("test")) return 0.6;
        return path.Name.Contains("changelog", StringComparison.OrdinalIgnoreCase) ? 0.5 : 1;
    }

    /// <summary>Ranks the units of one file.</summary>
    private sealed class UnitRanking(ContextStore store, IReadOnlyList<string> terms, double[] weights, TermCounter counter)
    {
        private const double NameWeight = 5, SignatureWeight = 2, DocWeight = 2, UsualLines = 25;

        public List<Evidence> Rank(FileEntry file, double fileScore, Scope scope, CancellationToken cancellationToken)
        {
            try
            {
                if (store.Open(file.Path, cancellationToken) is not WholeText text || text.LineCount == 0) return [];
                var outline = store.OutlineOf(text, cancellationToken);
                var place = PlaceFactor(file.Path, terms);
                var units = outline.All.Where(IsUnit).Take(5_000).ToArray();
                var ranked = scope.RangesOf(file.Path) is { } ranges
                    ? ranges.Distinct().Select(range => (Range: range, Unit: Array.Find(units, unit => unit.Range == range) ?? outline.Enclosing(range.Start, symbol => symbol.Range.Contains(range)))).Select(item => Region(text, item.Unit, item.Range, BodyScore(text, item.Range) * place + 0.3 * fileScore))
                    : units.Length > 0
                    ? units.Select(unit => Region(text, unit, unit.Range, UnitScore(text, unit) * place + 0.3 * fileScore))
                    : Windows(text).Select(range => Region(text, null, range, BodyScore(text, range) * place + 0.3 * fileScore));
                return [.. ranked.Where(region => region.Lines.Count > 0).OrderByDescending(region => region.Score).Take(MaxPerFile)];
            }
            catch (ContextException)
            {
                return [];
            }
        }

        // Members, and types or sections that have none below them.
        private static bool IsUnit(Symbol symbol) => symbol.Kind is not (SymbolKinds.Namespace or SymbolKinds.EnumMember or SymbolKinds.Key) && (symbol.IsMember || !symbol.Children.Any(child => child.IsMember || child.IsType) || symbol.Kind == SymbolKinds.Heading);

        private static IEnumerable<LineRange> Windows(WholeText text)
        {
            const int lines = 20;
            for (var start = 1; start <= text.LineCount; start += lines) yield return new(start, Math.Min(start + lines - 1, text.LineCount));
        }

        private double UnitScore(WholeText text, Symbol unit)
        {
            double score = 0;
            for (var term = 0; term < terms.Count; term++)
            {
                if (unit.Name.Contains(terms[term], StringComparison.OrdinalIgnoreCase)) score += NameWeight * weights[term];
                else if (unit.Path.Contains(terms[term], StringComparison.OrdinalIgnoreCase)) score += weights[term];
                if (unit.Signature.Contains(terms[term], StringComparison.OrdinalIgnoreCase)) score += SignatureWeight * weights[term];
                if (unit.Doc.Contains(terms[term], StringComparison.OrdinalIgnoreCase)) score += DocWeight * weights[term];
            }
            return score + BodyScore(text, unit.Range);
        }

        private double BodyScore(WholeText text, LineRange range)
        {
            Span<int> counts = stackalloc int[terms.Count];
            counter.Count(text.Text.Lines.Lines(range), counts);
            double score = 0;
            for (var term = 0; term < terms.Count; term++)
                score += weights[term] * counts[term] * (K1 + 1) / (counts[term] + K1 * (1 - B + B * range.Count / UsualLines));
            return score;
        }

        private Evidence Region(WholeText text, Symbol? unit, LineRange range, double score)
        {
            var best = Enumerable.Range(range.Start, Math.Min(range.Count, 2_000)).Select(line => (Line: line, Weight: LineWeight(text, line))).Where(line => line.Weight > 0)
                .OrderByDescending(line => line.Weight).ThenBy(line => line.Line).Take(LinesPerRegion).Select(line => line.Line).ToHashSet();
            if (best.Count > 0 && unit is not null && range.Contains(unit.NameLine)) best.Add(unit.NameLine);
            var lines = best.Order().Select(line => new EvidenceLine(line, text.Text.Lines.Line(line).ToString())).ToArray();
            return new(text.Path, unit, Handle.Of(text.Path, range, text.Text.Lines.Lines(range)), score, lines);
        }

        private double LineWeight(WholeText text, int line)
        {
            Span<int> counts = stackalloc int[terms.Count];
            counter.Count(text.Text.Lines.Line(line), counts);
            double weight = 0;
            for (var term = 0; term < terms.Count; term++)
                if (counts[term] > 0) weight += weights[term];
            return weight;
        }
    }
}
