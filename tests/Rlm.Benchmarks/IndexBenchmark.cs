using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Index.Storage;
using Rlm.Context.Search;
using Rlm.Context.Search.Planning;

namespace Rlm.Benchmarks;

/// <summary>Builds the index of a folder in a temporary place and asks it some questions. Time includes the walk and reading every file; contents are <see cref="SyntheticContents"/>.</summary>
internal static class IndexBenchmark
{
    private const int Rounds = 101; // enough for the compiler to have settled

    private static readonly TextQuery[] Queries =
    [
        new("BetterConversionFromExpression", PatternKind.Literal, PatternCase.Sensitive), new("CancellationToken", PatternKind.Literal, PatternCase.Sensitive), new(@"Get\w+Symbol\(.*cancellationToken", PatternKind.Regex, PatternCase.Sensitive),
        new("getenumerator", PatternKind.Literal, PatternCase.Insensitive), new(@"\b[a-z]{3}[0-9]{4}\b", PatternKind.Regex, PatternCase.Sensitive), new(@"(class|struct|interface)\s+\w*Symbol\w*Info\b", PatternKind.Regex, PatternCase.Sensitive),
        new("NoSuchNameAnywhere", PatternKind.Literal, PatternCase.Sensitive), new("SaveChanges", PatternKind.Word, PatternCase.Sensitive),
    ];

    public static int Run(string folder, EngineLimits limits)
    {
        var place = Directory.CreateTempSubdirectory("rlm-index-").FullName;
        try
        {
            var engine = new OwnEngine(new DiskIndexFiles(place), limits);
            var text = Build(engine, folder, place);
            ContentBenchmark.Build(engine, place, text);
            Ask(engine);
            ContentBenchmark.Ask(engine, Report);
            Change(engine);
            using var process = Process.GetCurrentProcess();
            Console.Error.WriteLine($"peak working set at the end {process.PeakWorkingSet64 / 1e6:f0} MB");
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
        return 0;
    }

    private static long Build(OwnEngine engine, string folder, string place)
    {
        var clock = Stopwatch.StartNew();
        using var root = RootFolder.OpenRoot(folder);
        var options = new ContextOptions { Root = folder };
        var snapshot = Walker.Walk(root, options, null, null, CancellationToken.None);
        var walked = clock.Elapsed;
        var reader = new FileReader(root, options);
        long text = 0;
        using var writer = engine.OpenWriter();
        ParallelFiles.Run(snapshot.Files.Length, null, "indexing", CancellationToken.None, () => new Worker(), (index, worker) =>
            Interlocked.Add(ref text, worker.Index(reader, snapshot.Files[index], writer)));
        var put = clock.Elapsed;
        writer.Commit();
        var built = clock.Elapsed;
        var size = Directory.EnumerateFiles(place).Sum(file => new FileInfo(file).Length);
        var cpu = Environment.CpuUsage.TotalTime.TotalSeconds;
        using var process = Process.GetCurrentProcess();
        Console.Error.WriteLine($"{snapshot.Files.Length} files, {text / 1e6:f0} MB text; walk {walked.TotalSeconds:f1} s, put {put.TotalSeconds:f1} s, committed {built.TotalSeconds:f1} s; processor {cpu:f1} s; "
            + $"peak working set {process.PeakWorkingSet64 / 1e6:f0} MB; index {size / 1e6:f1} MB = {(double)size / text:f3} x text in {Directory.EnumerateFiles(place, "*.segment").Count()} segments");
        clock.Restart();
        var merges = 0;
        while (writer.Merge(CancellationToken.None)) merges++;
        Console.Error.WriteLine($"{merges} merges, {clock.Elapsed.TotalSeconds:f1} s");
        return text;
    }

    private static void Ask(OwnEngine engine)
    {
        Report("open", () =>
        {
            using var opened = engine.Open();
            return opened.FileCount;
        });
        using var snapshot = engine.Open();
        Report("file table", () => snapshot.Files.Sum(id => snapshot.File(id).Path.Length));
        Report("file table without paths", () =>
        {
            var count = 0;
            snapshot.ScanFiles((int _, in FileVersion _) => count++);
            return count;
        });
        Texts(snapshot);
        foreach (var query in Queries)
        {
            var plan = TrigramPlanner.Plan(query);
            Report($"{query.Pattern} ({plan.Size} trigrams)", () => snapshot.Candidates(TrigramPlanner.Plan(query)).Length);
        }
    }

    private static void Texts(IEngineSnapshot snapshot)
    {
        long bytes = 0;
        byte[] buffer = [];
        var clock = Stopwatch.StartNew();
        foreach (var id in snapshot.Files)
            if (snapshot.TryRead(id, ref buffer, out var length)) bytes += length;
        Console.Error.WriteLine($"all texts: {bytes / 1e6:f0} MB in {clock.Elapsed.TotalSeconds:f2} s by one thread = {bytes / 1e6 / clock.Elapsed.TotalSeconds:f0} MB/s");
        clock.Restart();
        snapshot.Verify(CancellationToken.None);
        Console.Error.WriteLine($"verified in {clock.Elapsed.TotalSeconds:f2} s");
    }

    private static void Change(OwnEngine engine)
    {
        using var writer = engine.OpenWriter();
        uint[] trigrams = [.. Enumerable.Range(0, 1500).Select(index => (uint)(index * 7919) % Trigram.Count)];
        var number = 0;
        Report("one changed file, committed", () =>
        {
            writer.Put(new($"changed{number++ % 3}.cs", default, default, IndexedFileFlags.None), trigrams, []);
            return (int)writer.Commit();
        });
    }

    private static void Report(string what, Func<int> action)
    {
        var times = new double[Rounds];
        var result = 0;
        TimeSpan before = default;
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            result = action();
            times[round] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (round == Rounds / 2) before = Environment.CpuUsage.TotalTime;
        }
        Console.Error.WriteLine($"{what}: {result}; first {times[0]:f2} ms, median {times.Order().ElementAt(Rounds / 2):f2} ms, least {times.Min():f2} ms; processor {(Environment.CpuUsage.TotalTime - before).TotalMilliseconds / (Rounds / 2):f2} ms");
    }

    private sealed class Worker
    {
        private readonly TrigramCollector _collector = new();
        private byte[] _bytes = [];

        public long Index(FileReader reader, FileEntry file, IEngineWriter writer)
        {
            if (file.IsLarge)
            {
                writer.Put(new(file.Path.Value, file.Stamp, default, IndexedFileFlags.AlwaysCandidate), [], []);
                return 0;
            }
            var length = reader.ReadInto(ref _bytes, file.Path, out var stamp);
            var bytes = _bytes.AsSpan(0, Math.Max(0, length));
            var content = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(bytes));
            var utf8 = FileText.EncodingOf(bytes, out _) == FileEncoding.Utf8 ? bytes : Encoding.UTF8.GetBytes(FileText.Decode(bytes).Text);
            writer.Put(new(file.Path.Value, stamp, content, IndexedFileFlags.None), _collector.Collect(utf8), bytes);
            return length;
        }
    }
}
