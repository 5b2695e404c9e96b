using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Index.Storage;
using Rlm.Context.Search;
using Rlm.Context.Search.Planning;

namespace Rlm.Benchmarks;

/// <summary>One phase of <see cref="EngineBenchmark"/>, in a process of its own; a line for each figure, name and value. Texts are not kept; contents are <see cref="SyntheticContents"/>.</summary>
internal static class EngineRun
{
    /// <summary>The engine that keeps nothing: what reading, hashing, trigrams and contents cost without any.</summary>
    public const string Nothing = "no engine";

    private const int Rounds = 51;

    private static readonly string[] Patterns = ["BetterConversionFromExpression", "CancellationToken", @"Get\w+Symbol\(.*cancellationToken", @"\b[a-z]{3}[0-9]{4}\b", @"(class|struct|interface)\s+\w*Symbol\w*Info\b", "NoSuchNameAnywhere"];
    private static readonly string[] Questions = ["get string name type value", "resolve overload candidate", "socket async buffer", "database query translation of navigation properties"];

    /// <summary>None, and the engines of this build.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        Nothing,
        "own",
#if USE_LUCENE
        "lucene",
#endif
    ];

    public static int Run(string[] phase)
    {
        if (phase is ["build", var name, var folder, var place]) Build(name, folder, place);
        else if (phase is ["ask", var engine, var index]) Ask(Make(engine, index));
        else return 2;
        return 0;
    }

    private static IIndexEngine Make(string name, string place) => name switch
    {
#if USE_LUCENE
        "lucene" => new Rlm.Context.Lucene.LuceneEngine(place),
#endif
        _ => new OwnEngine(new DiskIndexFiles(place)),
    };

    private static void Build(string name, string folder, string place)
    {
        var clock = Stopwatch.StartNew();
        using var root = RootFolder.OpenRoot(folder);
        var options = new ContextOptions { Root = folder };
        var snapshot = Walker.Walk(root, options, null, null, CancellationToken.None);
        var reader = new FileReader(root, options);
        using var writer = name == Nothing ? null : Make(name, place).OpenWriter();
        ParallelFiles.Run(snapshot.Files.Length, null, "indexing", CancellationToken.None, () => new Worker(), (index, worker) => worker.Index(reader, snapshot.Files[index], writer));
        writer?.Commit();
        Say("built, s", clock.Elapsed.TotalSeconds);
        while (writer?.Merge(CancellationToken.None) == true) ;
        Say("built and merged, s", clock.Elapsed.TotalSeconds);
        Say("built and merged, processor s", Environment.CpuUsage.TotalTime.TotalSeconds);
        using var process = Process.GetCurrentProcess();
        Say("peak working set, MB", process.PeakWorkingSet64 / 1e6);
        if (writer is not null) Say("on disk, MB", Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) / 1e6);
    }

    private static void Ask(IIndexEngine engine)
    {
        var clock = Stopwatch.StartNew();
        using var snapshot = engine.Open();
        Say("opened first in a process, ms", clock.Elapsed.TotalMilliseconds);
        Report("opened again", () => engine.Open().Dispose());
        Report("newest generation", () => engine.CurrentGeneration());
        Report("all file versions", () => snapshot.ScanFiles((int _, in FileVersion _) => { }));
        foreach (var pattern in Patterns)
        {
            var plan = TrigramPlanner.Plan(new(pattern, PatternKind.Regex, PatternCase.Sensitive));
            Report($"candidates of `{pattern.Replace("|", "\\|", StringComparison.Ordinal)}`", () => snapshot.Candidates(plan));
        }
        var isWanted = new bool[snapshot.Contents.Max() + 1];
        Array.Fill(isWanted, true);
        foreach (var question in Questions)
        {
            var terms = question.Split(' ').Select(word => new WeightedTerm(SyntheticContents.TermOf(Encoding.UTF8.GetBytes(word)), 1)).ToArray();
            Report($"ranked: {question}", () => snapshot.Rank(terms, isWanted, 20, CancellationToken.None));
            Say($"best score: {question}", snapshot.Rank(terms, isWanted, 1, CancellationToken.None)[0].Score);
        }
        Report("symbols named ToString", () => snapshot.SymbolsNamed("ToString"));
        Report("all names", () => snapshot.ScanNames(_ => false, (_, _) => { }, CancellationToken.None));
        using var writer = engine.OpenWriter();
        uint[] trigrams = [.. Enumerable.Range(0, 1500).Select(index => (uint)(index * 7919) % Trigram.Count)];
        var number = 0;
        Report("one changed file, committed", () =>
        {
            writer.Put(new($"changed{number++ % 3}.cs", default, (UInt128)number, IndexedFileFlags.None), trigrams, []);
            writer.Commit();
        });
    }

    private static void Report(string what, Action action)
    {
        var times = Enumerable.Range(0, Rounds).Select(_ => Pairs.Time(action)).Order().ToArray();
        Say($"{what}, ms", times[Rounds / 2]);
    }

    private static void Say(string what, double value) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}\t{value}"));

    private sealed class Worker
    {
        private readonly TrigramCollector _collector = new();
        private readonly SyntheticContents _contents = new();
        private byte[] _bytes = [];

        public void Index(FileReader reader, FileEntry file, IEngineWriter? writer)
        {
            if (file.IsLarge) return;
            var length = reader.ReadInto(ref _bytes, file.Path, out var stamp);
            var bytes = _bytes.AsSpan(0, Math.Max(0, length));
            var key = BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(bytes));
            var utf8 = FileText.EncodingOf(bytes, out _) == FileEncoding.Utf8 ? bytes : Encoding.UTF8.GetBytes(FileText.Decode(bytes).Text);
            var trigrams = _collector.Collect(utf8);
            var content = _contents.Of(key, utf8);
            writer?.Put(new(file.Path.Value, stamp, key, IndexedFileFlags.None), trigrams, []);
            writer?.PutContent(content);
        }
    }
}
