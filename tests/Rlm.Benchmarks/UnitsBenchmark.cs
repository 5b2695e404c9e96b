using System.Diagnostics;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Search.Ranking;

namespace Rlm.Benchmarks;

/// <summary>What the index keeps of the C# of a folder (every n-th file, read and outlined beforehand): speed on one thread, and sizes.</summary>
internal static class UnitsBenchmark
{
    public static int Run(string folder, int every)
    {
        var texts = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, index) => index % every == 0)
            .Select(file => FileText.Decode(File.ReadAllBytes(file))).ToArray();
        var outlines = texts.AsParallel().AsOrdered().Select(text => Outliner.Outline(new RepoPath("a.cs"), "csharp", text, default)).ToArray();
        var megabytes = texts.Sum(text => (long)text.Text.Length) / 1e6;
        var extractor = new ContentExtractor();
        byte[][] packed = [];
        for (var round = 0; round < 3; round++)
        {
            long postings = 0, units = 0;
            packed = new byte[texts.Length][];
            var clock = Stopwatch.StartNew();
            for (var at = 0; at < texts.Length; at++)
            {
                var content = extractor.Extract(default, texts[at], outlines[at]);
                (postings, units, packed[at]) = (postings + content.Postings.Length, units + content.UnitCount, content.Outline);
            }
            var seconds = clock.Elapsed.TotalSeconds;
            Report($"extract: {texts.Length} files, {megabytes:0.0} MB, {megabytes / seconds:0.0} MB/s; {(double)units / texts.Length:0.0} units a file, {(double)postings / units:0.0} postings a unit, {(double)postings / megabytes / 1e6:0.000} postings a character");
        }
        for (var round = 0; round < 3; round++)
        {
            var clock = Stopwatch.StartNew();
            foreach (var bytes in packed) OutlineCodec.Decode(bytes);
            var decode = clock.Elapsed;
            clock.Restart();
            for (var at = 0; at < texts.Length; at++) StructuralUnits.Of(new SymbolTable(outlines[at]), texts[at].Lines);
            var units = clock.Elapsed;
            clock.Restart();
            for (var at = 0; at < texts.Length; at++) OutlineCodec.Encode(new(outlines[at], new([], [])));
            Report($"outlines: {packed.Sum(bytes => (long)bytes.Length) / megabytes / 1e6:0.000} of the text; decode {decode.TotalMicroseconds / packed.Length:0.0} µs a file, units {units.TotalMicroseconds / packed.Length:0.0}, encode {clock.Elapsed.TotalMicroseconds / packed.Length:0.0}");
        }
        return 0;
    }

    private static void Report(string line) => Console.Error.WriteLine(line);
}
