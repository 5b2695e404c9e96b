using System.Diagnostics;
using Rlm.Context;

namespace Rlm.Benchmarks.Quality;

/// <summary>
/// Asks the golden questions and prints recall at 1, 5 and 10, mean reciprocal rank and the misses. Compares with the accepted ranks and ends with 1 when they differ.
/// <code>./rlm bench quality --repo efcore ../efcore --repo Newtonsoft.Json ../Newtonsoft.Json --accept</code>
/// </summary>
internal static class QualityBenchmark
{
    private const int Depth = 10;

    public static int Run(string[] words)
    {
        if (QualityOptions.Parse(words) is not { } options || QualityEngines.Find(options.Engine) is not { } engine)
        {
            Console.Error.WriteLine($"usage: {QualityOptions.Usage}");
            return 2;
        }
        try
        {
            return Run(options, engine);
        }
        catch (Exception fault) when (fault is FormatException or IOException)
        {
            Console.Error.WriteLine(fault.Message);
            return 1;
        }
    }

    private static int Run(QualityOptions options, IQualityEngine engine)
    {
        var accepted = new AcceptedRanks();
        var all = new List<AskedQuestion>();
        var differing = 0;
        foreach (var file in GoldenFile.LoadAll().Where(file => options.Only is null || file.Name.Equals(options.Only, StringComparison.OrdinalIgnoreCase)))
        {
            var asked = Ask(file, options.Folders.GetValueOrDefault(file.Name) ?? PinnedFolder.Of(file), engine);
            QualityReport.Print(file, engine.Name, asked);
            if (engine == QualityEngines.Used) differing += accepted.Replace(file, engine.Name, asked);
            all.AddRange(asked);
        }
        if (all.Count == 0) throw new FormatException($"no golden file is called {options.Only}");
        QualityReport.PrintSum(all);
        if (options.Accept) accepted.Save();
        else if (differing > 0) Console.Error.WriteLine($"{differing} lines differ from the accepted ranks in quality.golden.txt; --accept writes them");
        return differing > 0 && !options.Accept ? 1 : 0;
    }

    private static List<AskedQuestion> Ask(GoldenFile file, string folder, IQualityEngine engine)
    {
        var cache = Directory.CreateTempSubdirectory("rlm-quality-").FullName;
        try
        {
            using var store = new ContextStore(new ContextOptions { Root = Path.GetFullPath(folder), CacheFolder = cache });
            var keys = file.Questions.Select(question => AnswerKey.Of(store, question)).ToArray();
            engine.Prepare(store);
            return [.. file.Questions.Zip(keys, (question, key) => Ask(store, question, key, engine))];
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }

    private static AskedQuestion Ask(ContextStore store, GoldenQuestion question, AnswerKey key, IQualityEngine engine)
    {
        var started = Stopwatch.GetTimestamp();
        var regions = engine.Ask(store, question.Text, Depth);
        return new(question, key.RankIn(regions), regions.Count > 0 ? regions[0] : null, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}
