using System.Diagnostics;
using Rlm.Context.Files;

namespace Rlm.Benchmarks;

/// <summary>Time and memory to map, read and stream one large text file.</summary>
internal static class LargeBenchmark
{
    public static int Run(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        using var root = RootFolder.OpenRoot(folder);
        using var text = new FileReader(root, new() { Root = folder }).OpenLarge(new(Path.GetFileName(file)));
        Console.Error.WriteLine($"{text.Stamp.Bytes / 1e6:f0} MB, {text.Encoding}");
        Report("map lines", () => text.MapLines(CancellationToken.None).LineCount);
        Report("read 100 lines in the middle", () => text.Read(new(Math.Max(1, text.LineCount / 2), Math.Min(text.LineCount, (text.LineCount / 2) + 100)), 40_000).Text.Length);
        Report("stream all blocks, counting lines", () => text.Blocks(CancellationToken.None).Sum(block => block.Utf8.Span.Count((byte)'\n')));
        using var process = Process.GetCurrentProcess();
        Console.Error.WriteLine($"peak working set {process.PeakWorkingSet64 / 1e6:f0} MB");
        return 0;
    }

    private static void Report(string what, Func<int> action)
    {
        var start = Stopwatch.GetTimestamp();
        var result = action();
        Console.Error.WriteLine($"{what}: {result}, {Stopwatch.GetElapsedTime(start).TotalMilliseconds:f0} ms");
    }
}
