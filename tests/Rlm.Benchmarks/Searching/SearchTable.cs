using System.Globalization;

namespace Rlm.Benchmarks.Searching;

/// <summary>Measures the searchers in turn, one round after the other, and prints a Markdown row a query: medians in ms, and ratios to one of them.</summary>
internal sealed class SearchTable(IReadOnlyList<ISearcher> searchers, int rounds)
{
    private const string Base = "ripgrep";

    public void PrintHead()
    {
        var names = searchers.Select(searcher => searcher.Name).Concat(Compared.Select(searcher => $"{searcher.Name} / {Base}"));
        Console.Error.WriteLine($"| query | lines | {string.Join(" | ", names)} |\n|---|---|{string.Concat(Enumerable.Repeat("---|", searchers.Count + Compared.Count()))}");
    }

    public void PrintRow(BenchQuery query)
    {
        var times = searchers.Select(_ => new double[rounds]).ToArray();
        var hits = searchers.Select(searcher => searcher.Search(query.Query)()).ToArray(); // warms the page cache and the compiler
        for (var round = 0; round < rounds; round++)
            for (var index = 0; index < searchers.Count; index++)
                times[index][round] = Pairs.Time(() => searchers[index].Search(query.Query));
        var medians = times.Select(Median).ToArray();
        var cells = medians.Select(Text).Concat(Compared.Select(searcher => Ratio(medians, searcher)));
        Console.Error.WriteLine($"| {query.What} `{query.Query.Pattern.Replace("|", @"\|", StringComparison.Ordinal)}` | {Hits(hits)} | {string.Join(" | ", cells)} |");
    }

    private IEnumerable<ISearcher> Compared => searchers.Any(searcher => searcher.Name == Base) ? searchers.Where(searcher => searcher.Name is "server" or "process" or "process, all") : [];

    // One number when all agree; else ours first and whoever differs by name, since a difference is a finding.
    private string Hits(long[] hits)
    {
        var different = searchers.Zip(hits).Where(pair => pair.Second != hits[0]).Select(pair => $"{pair.First.Name} {pair.Second}");
        return string.Join(", ", different.Prepend(hits[0].ToString(CultureInfo.InvariantCulture)));
    }

    private string Ratio(double[] medians, ISearcher searcher) => (medians[IndexOf(searcher.Name)] / medians[IndexOf(Base)]).ToString("f3", CultureInfo.InvariantCulture);

    private int IndexOf(string name) => searchers.TakeWhile(searcher => searcher.Name != name).Count();

    private static double Median(double[] times) => times.Order().ElementAt(times.Length / 2);

    private static string Text(double milliseconds) => milliseconds.ToString(milliseconds < 10 ? "f2" : "f0", CultureInfo.InvariantCulture);
}
