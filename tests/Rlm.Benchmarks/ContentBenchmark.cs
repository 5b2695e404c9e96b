using System.Diagnostics;
using System.Text;
using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Index.Segments;
using Rlm.Context.Search;

namespace Rlm.Benchmarks;

/// <summary>The part of <see cref="IndexBenchmark"/> that is about outlined contents.</summary>
internal static class ContentBenchmark
{
    /// <summary>Adds the content of every text that the index has.</summary>
    public static void Build(OwnEngine engine, string place, long text)
    {
        var clock = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        TimeSpan making = default;
        using var snapshot = engine.Open();
        using (var writer = engine.OpenWriter())
        {
            var ids = snapshot.Files.ToArray();
            ParallelFiles.Run(ids.Length, null, "outlining", CancellationToken.None, () => new Worker(), (index, worker) =>
            {
                if (worker.Make(snapshot, ids[index]) is { } content) writer.PutContent(content);
                lock (clock) making += worker.TakeTime();
            });
            writer.Commit();
            Console.Error.WriteLine($"contents committed in {clock.Elapsed.TotalSeconds:f1} s, processor {(Environment.CpuUsage.TotalTime - before).TotalSeconds:f1} s, of which making them up took two threads {making.TotalSeconds:f1} s");
            Sizes("before merging", engine, text);
            clock.Restart();
            var merges = 0;
            while (writer.Merge(CancellationToken.None)) merges++;
            if (merges > 0) Console.Error.WriteLine($"{merges} merges, {clock.Elapsed.TotalSeconds:f1} s");
            if (merges > 0) Sizes("merged", engine, text);
        }
        using var process = Process.GetCurrentProcess();
        Console.Error.WriteLine($"peak working set {process.PeakWorkingSet64 / 1e6:f0} MB; {Directory.EnumerateFiles(place).Sum(file => new FileInfo(file).Length) / 1e6:f0} MB on disk");
    }

    /// <summary>Asks it some questions.</summary>
    public static void Ask(OwnEngine engine, Action<string, Func<int>> report)
    {
        using var snapshot = engine.Open();
        var contents = snapshot.Contents.ToArray();
        if (contents.Length == 0) return;
        var isWanted = new bool[contents[^1] + 1];
        Array.Fill(isWanted, true);
        var key = snapshot.KeyOf(contents[contents.Length / 2]);
        report("content by key", () => snapshot.FindContent(key));
        report("outlines", () => contents.Take(100).Sum(content => snapshot.Outline(content).Length));
        foreach (var query in new[] { "get string name type value", "resolve overload candidate", "socket async buffer", "monomethod" })
        {
            var terms = query.Split(' ').Select(word => new WeightedTerm(SyntheticContents.TermOf(Encoding.UTF8.GetBytes(word)), 1)).ToArray();
            report($"ranked: {query} ({terms.Max(term => snapshot.UnitsWith(term.Term))} units with the commonest, {terms.Sum(term => snapshot.UnitsWith(term.Term))} postings)", () => snapshot.Rank(terms, isWanted, 20, CancellationToken.None).Count);
        }
        foreach (var name in new[] { "ToString", "NoSuchName" }) report($"symbols named {name}", () => snapshot.SymbolsNamed(name).Count);
        report("all names", () =>
        {
            var count = 0;
            snapshot.ScanNames(name => { count++; return false; }, (_, _) => { }, CancellationToken.None);
            return count;
        });
    }

    private static void Sizes(string when, OwnEngine engine, long text)
    {
        var manifest = Manifest.Read(engine.Files, engine.ManifestName);
        foreach (var kind in manifest.Segments.Select(segment => segment.Info).GroupBy(info => info.Kind))
            Console.Error.WriteLine($"{when}, {kind.Key}: {kind.Count()} segments; blobs {Share(kind.Sum(info => info.BlobBytes))}, the rest {Share(kind.Sum(info => info.Length - info.BlobBytes))}, {kind.Sum(info => info.Items)} items, {kind.Sum(info => info.Pairs)} postings");
        foreach (var (info, _) in manifest.Segments)
        {
            using var reader = engine.OpenSegment(info)!;
            if (reader is ContentSegmentReader { Footer: var footer })
                Console.Error.WriteLine($"  contents {footer.Contents}, units {footer.Units}, symbols {footer.Symbols}, terms {footer.Terms}, names {footer.Names}; postings {Share(footer.Dictionary)}, terms {Share(footer.FirstName - footer.Dictionary)}, "
                    + $"names {Share(footer.Records - footer.FirstName)}, records {Share((long)footer.Contents * ContentRecord.Bytes)}");
        }

        string Share(long bytes) => $"{bytes / 1e6:f1} MB = {(double)bytes / text:f3} x text";
    }

    private sealed class Worker
    {
        private readonly SyntheticContents _contents = new();
        private byte[] _buffer = [];
        private TimeSpan _time;

        public OutlinedContent? Make(IEngineSnapshot snapshot, int id)
        {
            var started = Stopwatch.GetTimestamp();
            var content = snapshot.TryRead(id, ref _buffer, out var length) && length > 0 ? _contents.Of(snapshot.File(id).Content, _buffer.AsSpan(0, length)) : null;
            _time = Stopwatch.GetElapsedTime(started);
            return content;
        }

        public TimeSpan TakeTime() => _time;
    }
}
