namespace Rlm.Benchmarks;

/// <summary>Whole processes over one folder: <c>map</c>, and scan searches in turn with ripgrep over the same files.</summary>
internal static class SearchBenchmark
{
    private const int Rounds = 7;
    private static readonly string[] SameFiles = ["-n", "--no-require-git", "--hidden", "-g", "!.git"];

    public static int Run(string folder, IReadOnlyList<string> words)
    {
        var rlm = Programs.Rlm();
        if (!Programs.Has("rg"))
        {
            Console.Error.WriteLine("ripgrep is not on the path: nothing to compare with");
            return 1;
        }
        Pairs.Report("map against rg --files", Rounds, ("rlm-mcp map", () => Programs.Run(folder, rlm, "map")), ("rg --files", () => Programs.Run(folder, "rg", ["--files", .. SameFiles[1..]])));
        foreach (var word in words.DefaultIfEmpty("CancellationToken"))
        {
            Compare(folder, rlm, word, [word], ["-S", "-F", word]);
            Compare(folder, rlm, $"{word}, any case", [word, "--case", "insensitive"], ["-i", "-F", word]);
        }
        Compare(folder, rlm, "regex with a literal", [@"Get\w+Symbol\(.*oken", "--mode", "regex"], [@"Get\w+Symbol\(.*oken"]);
        Compare(folder, rlm, "regex without a literal", [@"\b[a-z]{3}[0-9]{4}\b", "--mode", "regex"], [@"\b[a-z]{3}[0-9]{4}\b"]);
        return 0;
    }

    private static void Compare(string folder, string rlm, string what, string[] ours, string[] theirs) =>
        Pairs.Report(what, Rounds, ("rlm-mcp search", () => Programs.Run(folder, rlm, ["search", .. ours])), ("rg", () => Programs.Run(folder, "rg", [.. SameFiles, .. theirs, "."])));
}
