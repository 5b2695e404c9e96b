using System.Diagnostics;
using System.Text.RegularExpressions;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Search;

namespace Rlm.Benchmarks;

/// <summary>The verifier alone: the bytes of a folder's files are read into memory once, then each pattern counts its lines in all of them on all cores.</summary>
internal static class MatchBenchmark
{
    private const int Rounds = 5;

    private static readonly (TextQuery Query, string Name)[] Standard =
    [
        Regex(@"\b[a-z]{3}[0-9]{4}\b"), Regex(@"(class|struct|interface)\s+\w*Symbol\w*Info\b"), Regex(@"\d{4}-\d{2}-\d{2}"), Regex(@"^\s*//.*TODO"), Regex(@"Get\w+Symbol\(.*oken"), Regex(@"(foo|bar|needle)\d+"),
        Regex(@"\w+Exception\b$"), Regex(@"[^a-z]=>\s*\d+;$"), Regex(@"(\w+\.)+Dispose\(\)"), Regex(@"(a+)+\d!"), Regex(@"(\w)\1{3,}"), Regex(@"\bint\b", PatternCase.Insensitive),
        Plain("CancellationToken", PatternKind.Literal, PatternCase.Sensitive), Plain("CancellationToken", PatternKind.Literal, PatternCase.Insensitive), Plain("String", PatternKind.Word, PatternCase.Sensitive),
        Plain("string", PatternKind.Word, PatternCase.Insensitive), Plain("lookupsymbolsinsinglebinder", PatternKind.Literal, PatternCase.Insensitive),
    ];

    public static int Run(string folder, IReadOnlyList<string> rest)
    {
        var most = rest.Count > 0 ? long.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) << 20 : 400L << 20;
        var files = Read(folder, most);
        var bytes = files.Sum(file => (long)file.Length);
        Console.Error.WriteLine($"{files.Count} files, {bytes / 1e6:f0} MB in memory, {Environment.ProcessorCount} cores; best of {Rounds}, the first round includes compiling");
        foreach (var (query, name) in rest.Count > 1 ? [.. rest.Skip(1).Select(pattern => Regex(pattern))] : Standard) Report(files, bytes, query, name);
        return 0;
    }

    private static (TextQuery, string) Regex(string pattern, PatternCase casing = PatternCase.Sensitive) => (new(pattern, PatternKind.Regex, casing), $"regex {pattern}{(casing == PatternCase.Sensitive ? "" : ", any case")}");

    private static (TextQuery, string) Plain(string pattern, PatternKind kind, PatternCase casing) => (new(pattern, kind, casing), $"{kind} {pattern}{(casing == PatternCase.Sensitive ? "" : ", any case")}".ToLowerInvariant());

    private static void Report(List<byte[]> files, long bytes, TextQuery query, string name)
    {
        double first = 0, best = double.MaxValue, processor = double.MaxValue;
        var (lines, limited) = (0L, 0);
        var kind = "";
        for (var round = 0; round < Rounds; round++)
        {
            var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var matcher = TextMatcher.Compile(query);
            (lines, limited) = Count(files, matcher);
            var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (round == 0) first = took;
            best = Math.Min(best, took);
            processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
            kind = matcher.Kind;
        }
        Console.Error.WriteLine($"{name}: {lines} lines{(limited > 0 ? $", {limited} files over a limit" : "")}, {bytes / best / 1e6:f0} MB/s, {best * 1e3:f0} ms (processor {processor * 1e3:f0}), first {first * 1e3:f0} ms; {kind}");
    }

    private static (long Lines, int Limited) Count(List<byte[]> files, TextMatcher matcher)
    {
        var (lines, limited) = (0L, 0);
        ParallelFiles.Run(files.Count, null, "", default, () => new ScanBuffers(), (index, buffers) =>
        {
            try
            {
                if (matcher.CountLines(files[index], ref buffers.Characters, default) is var count and > 0) Interlocked.Add(ref lines, count);
            }
            catch (RegexMatchTimeoutException)
            {
                Interlocked.Increment(ref limited);
            }
        });
        return (lines, limited);
    }

    private static List<byte[]> Read(string folder, long most)
    {
        using var root = RootFolder.OpenRoot(folder);
        var options = new ContextOptions { Root = folder };
        var reader = new FileReader(root, options);
        var files = new List<byte[]>();
        var buffer = Array.Empty<byte>();
        foreach (var file in Walker.Walk(root, options, null, null, default).Files)
        {
            if (file.IsLarge) continue;
            var length = reader.ReadInto(ref buffer, file.Path, out _);
            if (length <= 0) continue;
            files.Add(buffer[..length]);
            if ((most -= length) < 0) break;
        }
        return files;
    }
}
