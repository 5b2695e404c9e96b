using System.Diagnostics;
using Rlm.Context;
using Rlm.Context.Files;

namespace Rlm.Benchmarks;

/// <summary>Time to take a snapshot of a folder: fresh, again with nothing changed, and to read all of it, on both forms of the jail.</summary>
internal static class WalkBenchmark
{
    private const int Rounds = 7;

    public static int Run(string folder)
    {
        foreach (var portable in new[] { false, true })
        {
            using var root = RootFolder.OpenRoot(folder, portable);
            var options = new ContextOptions { Root = folder };
            var snapshot = Walk(root, options, null);
            var form = portable ? "portable" : "native";
            Report($"{form} walk", () => Walk(root, options, null));
            Report($"{form} rescan", () => Walk(root, options, snapshot));
            Report($"{form} read all, 2 threads", () => ReadAll(root, options, snapshot));
            Console.Error.WriteLine($"{snapshot.Files.Length} files, {snapshot.Files.Sum(file => file.Stamp.Bytes) / 1e6:f0} MB, version {snapshot.Version}, "
                + string.Join(", ", snapshot.Skipped.Select(pair => $"{SkipReasons.NameOf(pair.Key)} {pair.Value}")));
        }
        return 0;
    }

    /// <summary>Lists covered files, and named skips behind a reason, to be compared with other programs' lists.</summary>
    public static int ListFiles(string folder)
    {
        using var root = RootFolder.OpenRoot(folder);
        var snapshot = Walk(root, new() { Root = folder }, null);
        using var output = new StreamWriter(Console.OpenStandardOutput());
        foreach (var file in snapshot.Files) output.WriteLine(file.Path.Value);
        foreach (var skip in snapshot.NamedSkips) Console.Error.WriteLine($"{SkipReasons.NameOf(skip.Reason)} {skip.Path}");
        return 0;
    }

    private static Snapshot Walk(RootFolder root, ContextOptions options, Snapshot? previous) => Walker.Walk(root, options, previous, null, CancellationToken.None);

    private static void ReadAll(RootFolder root, ContextOptions options, Snapshot snapshot)
    {
        var reader = new FileReader(root, options);
        var next = -1;
        Parallel.For(0, 2, new() { MaxDegreeOfParallelism = 2 }, _ =>
        {
            var buffer = new byte[1 << 16];
            for (int from; (from = Interlocked.Add(ref next, 64)) < snapshot.Files.Length + 64;)
                for (var i = from - 64 + 1; i <= from && i < snapshot.Files.Length; i++)
                    if (i >= 0 && !snapshot.Files[i].IsLarge) reader.ReadInto(ref buffer, snapshot.Files[i].Path, out var _);
        });
    }

    private static void Report(string what, Action action)
    {
        var times = new double[Rounds];
        var processor = Environment.CpuUsage;
        for (var i = 0; i < Rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Console.Error.WriteLine($"{what}: first {times[0]:f0} ms, median {times.Order().ElementAt(Rounds / 2):f0} ms, best {times.Min():f0} ms; "
            + $"processor time user {(Environment.CpuUsage.UserTime - processor.UserTime).TotalMilliseconds / Rounds:f0} ms, system {(Environment.CpuUsage.PrivilegedTime - processor.PrivilegedTime).TotalMilliseconds / Rounds:f0} ms");
    }

    private static void Report(string what, Func<Snapshot> action) => Report(what, () => { _ = action(); });
}
