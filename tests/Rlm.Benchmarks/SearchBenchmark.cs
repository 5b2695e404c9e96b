using Rlm.Benchmarks.Quality;
using Rlm.Benchmarks.Searching;
using Rlm.Context;

namespace Rlm.Benchmarks;

/// <summary>
/// One table over one folder: our engine in a running server, once its index is complete, and as a whole process that finds that index, against ripgrep, git grep and codesearch, all in turn.
/// Programs that are not installed are named and left out. Ranked search, which the others lack, is printed below.
/// </summary>
internal static class SearchBenchmark
{
    public const string Usage = "search DIR [RARE [COMMON [ROUNDS]]]";
    private const string Question = "where are circular references detected while serializing?";

    public static int Run(string folder, string[] words)
    {
        folder = Path.GetFullPath(folder);
        var place = Directory.CreateTempSubdirectory("rlm-search-").FullName;
        try
        {
            Environment.SetEnvironmentVariable("RLM_MCP_CACHE", Path.Join(place, "cache")); // for the processes, so that they share the index of this run and nothing else
            var options = new ContextOptions { Root = folder, CacheFolder = Path.Join(place, "cache") };
            BuildIndex(options);
            using var store = new ContextStore(options);
            var rounds = words is [_, _, var given, ..] ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 5;
            var table = new SearchTable([new ServerSearcher(store), ProcessSearcher.Ours(folder), ProcessSearcher.OursInFull(folder), .. Others(folder, place)], rounds);
            table.PrintHead();
            foreach (var query in BenchQuery.For(words is [var rare, ..] ? rare : "BetterExpressionConversion", words is [_, var common, ..] ? common : "CancellationToken")) table.PrintRow(query);
            PrintRanked(store, rounds);
            CompareMap(folder, rounds);
            return 0;
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private static void BuildIndex(ContextOptions options)
    {
        using var store = new ContextStore(options);
        var report = store.BuildIndex(null, CancellationToken.None);
        Console.Error.WriteLine($"{report}; indexed texts and outlines: {store.Indexed()}");
    }

    private static IEnumerable<ISearcher> Others(string folder, string place)
    {
        if (Found("rg")) yield return ProcessSearcher.Ripgrep(folder);
        if (Found("git")) yield return ProcessSearcher.GitGrep(folder);
        if (!Found("csearch") || !Found("cindex")) yield break;
        Environment.SetEnvironmentVariable("CSEARCHINDEX", Path.Join(place, "csearchindex"));
        var took = Pairs.Time(() => Programs.Run(folder, "cindex", folder));
        Console.Error.WriteLine($"cindex: {took / 1e3:f1} s, {new FileInfo(Path.Join(place, "csearchindex")).Length / 1e6:f1} MB");
        yield return ProcessSearcher.CodeSearch(folder);
    }

    private static bool Found(string program)
    {
        if (Programs.Has(program)) return true;
        Console.Error.WriteLine($"{program} is not on the path: left out");
        return false;
    }

    private static void CompareMap(string folder, int rounds)
    {
        if (!Programs.Has("rg")) return;
        var rlm = Programs.Rlm();
        Pairs.Report("map against rg --files", rounds, ("rlm-mcp map", () => Programs.Run(folder, rlm, "map")), ("rg --files", () => Programs.Run(folder, "rg", "--files", "--no-require-git", "--hidden", "-g", "!.git")));
    }

    private static void PrintRanked(ContextStore store, int rounds)
    {
        var engine = QualityEngines.Used;
        engine.Prepare(store);
        var times = new double[rounds + 1];
        for (var round = 0; round < times.Length; round++) times[round] = Pairs.Time(() => engine.Ask(store, Question, 10));
        Console.Error.WriteLine($"ranked ({engine.Name}) `{Question}`: first {times[0]:f1} ms, median {times[1..].Order().ElementAt(rounds / 2):f1} ms");
    }
}
