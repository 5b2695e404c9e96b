using System.Globalization;

namespace Rlm.Benchmarks.Quality;

/// <summary>Prints recall, mean reciprocal rank and the misses of one repository.</summary>
internal static class QualityReport
{
    public static void Print(GoldenFile file, string engine, IReadOnlyList<AskedQuestion> asked)
    {
        Console.Error.WriteLine($"{file.Repository} at {file.Commit[..8]}, engine {engine}");
        Console.Error.WriteLine("  kind        n  recall@1  recall@5  recall@10   MRR   median ms");
        foreach (var kind in asked.GroupBy(one => one.Question.Kind)) Line(kind.Key, [.. kind]);
        Line("all", asked);
        foreach (var miss in asked.Where(one => one.Rank is null)) Console.Error.WriteLine($"  missed ({miss.Question.Kind}): {miss.Question.Text}\n    first was {miss.First?.ToString() ?? "nothing"}\n    wanted    {miss.Question.Answers[0]}");
    }

    /// <summary>One line over several repositories.</summary>
    public static void PrintSum(IReadOnlyList<AskedQuestion> asked)
    {
        Console.Error.WriteLine("together");
        Line("all", asked);
    }

    private static void Line(string what, IReadOnlyList<AskedQuestion> asked) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {what,-9}{asked.Count,4}{Recall(asked, 1),10:f2}{Recall(asked, 5),10:f2}{Recall(asked, 10),11:f2}{asked.Average(one => one.Rank is { } rank ? 1.0 / rank : 0),6:f2}{Median(asked),12:f1}"));

    private static double Recall(IReadOnlyList<AskedQuestion> asked, int within) => (double)asked.Count(one => one.Rank <= within) / asked.Count;

    private static double Median(IReadOnlyList<AskedQuestion> asked) => asked.Select(one => one.Milliseconds).Order().ElementAt(asked.Count / 2);
}
