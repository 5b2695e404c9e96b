using System.Diagnostics;
using System.Globalization;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.History;
using Rlm.Context.History.Walking;
using Rlm.Context.Outlines;
using Rlm.Context.Slices;

namespace Rlm.Benchmarks;

/// <summary>History of a repository: the index of commits from nothing, logs of its most changed files and their symbols with it and without, blames, and the difference over some five hundred files.</summary>
internal static class HistoryBenchmark
{
    private const int Files = 12;

    public static int Run(string folder)
    {
        var cache = Directory.CreateTempSubdirectory("rlm-history-").FullName;
        try
        {
            using (var plain = new ContextStore(new() { Root = folder, CacheFolder = cache, UsesIndex = false })) Logs(plain, "without the index", Chosen(folder, cache));
            using var store = new ContextStore(new() { Root = folder, CacheFolder = cache });
            Index(store);
            var files = Chosen(folder, cache);
            Logs(store, "with the index", files);
            Symbols(store, files);
            Blames(store, files);
            Diff(store);
            return 0;
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }

    private static void Index(ContextStore store)
    {
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var status = store.History.BuildIndex(null, default);
        var seconds = clock.Elapsed.TotalSeconds;
        Report($"index: {status.Commits:N0} commits in {seconds:0.0} s ({(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:0.0} CPU s), {seconds * 50_000 / Math.Max(1, status.Commits):0.0} s for each 50,000; left {status.Left}");
        clock.Restart();
        store.History.BuildIndex(null, default);
        Report($"index again, nothing new: {clock.Elapsed.TotalMilliseconds:0} CPU ms");
    }

    private static RepoPath[] Chosen(string folder, string cache)
    {
        using var store = new ContextStore(new() { Root = folder, CacheFolder = cache });
        var snapshot = store.Current(null, default);
        using var reader = store.History.Open();
        if (store.History.IndexStatus.Commits == 0) return [.. snapshot.Files.Where(file => file.Language == "csharp").OrderByDescending(file => file.Stamp.Bytes).Take(3).Select(file => file.Path)];
        return [.. reader.ChurnOfFiles(RepoPath.Root, path => snapshot.Find(path) is { Language: "csharp" or "c" or "go" or "java" or "python" or "rust" or "typescript", Stamp.Bytes: > 0 }, null, new(TimeProvider.System, TimeSpan.FromSeconds(100)), default).Rows.Take(Files).Select(row => row.Path)];
    }

    private static void Logs(ContextStore store, string how, RepoPath[] files)
    {
        var times = new List<double>();
        foreach (var file in files)
        {
            var (ms, walk) = Timed(() =>
            {
                using var reader = store.History.Open();
                return reader.Log([new(reader.Head, file, null)], null, null, new(TimeProvider.System, Deadline.Standard), default);
            });
            times.Add(ms);
            Report($"log {how}: {file.Value}: {walk.Items.Count:N0} commits in {ms:0} CPU ms{(walk.Rest.Count > 0 ? ", cut by the deadline" : "")}");
        }
        Sum($"log {how}", times);
    }

    private static void Symbols(ContextStore store, RepoPath[] files)
    {
        var times = new List<double>();
        foreach (var file in files)
        {
            var text = store.Open(file, default);
            foreach (var symbol in store.OutlineOf(text, default).All.Where(symbol => symbol.IsMember).OrderByDescending(symbol => symbol.Range.Count).Take(2))
            {
                var (ms, walk) = Timed(() =>
                {
                    using var reader = store.History.Open();
                    return reader.SymbolLog(reader.StartOf(new Target("", text, symbol.Range) { Symbol = symbol }, default), null, new(TimeProvider.System, TimeSpan.FromSeconds(60)), default);
                });
                times.Add(ms);
                Report($"log of a symbol: {file.Name}#{symbol.Path}: {walk.Items.Count:N0} commits in {ms:0} CPU ms");
            }
        }
        Sum("log of a symbol", times);
    }

    private static void Blames(ContextStore store, RepoPath[] files)
    {
        var times = new List<double>();
        foreach (var file in files)
        {
            if (store.Open(file, default) is not WholeText text) continue;
            var (ms, blame) = Timed(() =>
            {
                using var reader = store.History.Open();
                return reader.Blame(text, text.All, new(TimeProvider.System, TimeSpan.FromSeconds(60)), default);
            });
            times.Add(ms);
            Report($"blame: {file.Value}: {blame.Lines.Count:N0} lines in {ms:0} CPU ms, {blame.Lines.Count(line => line.Commit is null)} not settled");
        }
        Sum("blame", times);
    }

    private static void Diff(ContextStore store)
    {
        using var reader = store.History.Open();
        var (from, last) = (reader.Head, reader.Head);
        for (var back = 1; back < 4_000 && reader.ParentOf(from) is { } parent; back++)
        {
            from = parent;
            if (back % 20 == 0 && reader.Objects.Changes(reader.Graph.Node(from)!.Tree, reader.Graph.Node(last)!.Tree, findsRenames: false).Count >= 500) break;
        }
        for (var round = 0; round < 3; round++)
        {
            var (ms, diff) = Timed(() => reader.Diff(from, last, _ => true, new(TimeProvider.System, TimeSpan.FromSeconds(60)), default));
            Report($"diff {from.Short}..{last.Short}: {diff.Files.Count:N0} files, {diff.Symbols.Count():N0} changed symbols in {ms:0} CPU ms ({ms * 500 / Math.Max(1, diff.Files.Count):0} CPU ms for each 500 files)");
        }
    }

    private static (double Ms, T Result) Timed<T>(Func<T> action)
    {
        // Processor time: other work on the machine does not count. What runs in parallel counts in full.
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var result = action();
        return ((Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds, result);
    }

    private static void Sum(string what, List<double> times)
    {
        if (times.Count == 0) return;
        times.Sort();
        Report($"{what}: median {times[times.Count / 2]:0} CPU ms, most {times[^1]:0} CPU ms of {times.Count}");
    }

    private static void Report(string line) => Console.Error.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
