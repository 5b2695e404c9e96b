using System.Diagnostics;
using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Benchmarks;

/// <summary>Speed of outlines over all C# of a folder (read beforehand), and of its largest file.</summary>
internal static class OutlineBenchmark
{
    public static int Run(string folder)
    {
        var texts = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Select(file => FileText.Decode(File.ReadAllBytes(file))).ToList();
        var megabytes = texts.Sum(text => (long)text.Text.Length) / 1e6;
        for (var round = 0; round < 3; round++)
        {
            long symbols = 0;
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            Parallel.ForEach(texts, text => Interlocked.Add(ref symbols, Outliner.Outline(new RepoPath("a.cs"), "csharp", text, default).All.Count()));
            var cpu = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            Report($"round {round}: {texts.Count} files, {megabytes:0.0} MB, {symbols} symbols, {clock.Elapsed.TotalSeconds:0.00} s, {cpu:0.00} CPU s, {megabytes / clock.Elapsed.TotalSeconds:0.0} MB/s");
        }
        var largest = texts.OrderBy(text => Math.Abs(text.Lines.Count - 10_000)).First();
        var times = Enumerable.Range(0, 15).Select(_ =>
        {
            var clock = Stopwatch.StartNew();
            Outliner.Outline(new RepoPath("a.cs"), "csharp", FileText.Of(largest.Text), default);
            return clock.Elapsed.TotalMilliseconds;
        }).Order().ToList();
        Report($"one file of {largest.Lines.Count} lines: median {times[7]:0.0} ms, fastest {times[0]:0.0} ms");
        return 0;
    }

    private static void Report(string line) => Console.Error.WriteLine(line);
}
