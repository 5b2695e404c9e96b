using System.Diagnostics;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Files.Watching;

namespace Rlm.Benchmarks;

/// <summary>What freshness costs: a rescan against the same question to a watch, when nothing happened and after one file was edited. Writes a file of its own into the folder: give it a copy.</summary>
internal static class WatchBenchmark
{
    private const int Rounds = 21;

    public static int Run(string folder)
    {
        using var root = RootFolder.OpenRoot(folder);
        var options = new ContextOptions { Root = folder };
        var snapshot = Walker.Walk(root, options, null, null, default);
        var rescan = Report("rescan", _ => Walker.Walk(root, options, snapshot, null, default));
        using var watch = FolderWatch.TryOpen(root, out var fault);
        if (watch is null) throw new InvalidOperationException(fault);
        Report("walk that adds the watches, first", _ => snapshot = Walker.Walk(root, options, snapshot, DirtyFolders.Everything, watch, null, default), rounds: 1);
        Report("walk that adds the watches, again", _ => Walker.Walk(root, options, snapshot, DirtyFolders.Everything, watch, null, default));
        Console.Error.WriteLine($"{snapshot.Files.Length} files, {watch.Count} watches, fault: {watch.Fault ?? "none"}");
        var idle = Report("nothing happened", _ => { if (!watch.Take().IsEmpty) throw new InvalidOperationException("something did"); });
        var path = Path.Join(folder, Path.GetDirectoryName(snapshot.Files[snapshot.Files.Length / 2].Path.Value), "rlm-benchmark.txt");
        var edited = Report("one file edited", round =>
        {
            File.WriteAllText(path, new string('x', round + 1));
            snapshot = Walker.Walk(root, options, snapshot, watch.Take(), watch, null, default);
        });
        File.Delete(path);
        Report("sweep", _ => watch.KeepOnly(snapshot.Memory!.Folders()));
        Console.Error.WriteLine($"ratio to a rescan: nothing happened {idle / rescan:f4}, one file edited {edited / rescan:f3}");
        Freshness(folder);
        return 0;
    }

    /// <summary>The same through the store, with its own watch.</summary>
    private static void Freshness(string folder)
    {
        using var store = new ContextStore(new() { Root = folder });
        store.Current(null, default);
        while (!store.Watching.IsLive) Thread.Sleep(20);
        Console.Error.WriteLine("store: " + store.Watching.Reason);
        Report("store: nothing happened", _ => store.Current(null, default));
        var path = Path.Join(folder, "rlm-benchmark.txt");
        Report("store: one file edited", round =>
        {
            File.WriteAllText(path, new string('x', round + 1));
            if (store.Current(null, default).Find(new("rlm-benchmark.txt"))!.Stamp.Bytes != round + 1) throw new InvalidOperationException("stale");
        });
        File.Delete(path);
        Report("store: disposed", _ => store.Dispose(), rounds: 1);
    }

    private static double Report(string what, Action<int> action, int rounds = Rounds)
    {
        var times = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            var watch = Stopwatch.GetTimestamp();
            action(i);
            times[i] = Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
        }
        Array.Sort(times);
        Console.Error.WriteLine($"{what}: median {times[rounds / 2]:f2} ms, best {times[0]:f2}, worst {times[^1]:f2}");
        return times[rounds / 2];
    }
}
