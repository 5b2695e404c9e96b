using System.Text;
using System.Text.Json;
using Rlm.Context.Search;

namespace Rlm.Benchmarks.Searching;

/// <summary>A whole process a query, from its start to the end of its output.</summary>
/// <param name="name">Head of its column.</param>
/// <param name="folder">Where it is started.</param>
/// <param name="program">What is started.</param>
/// <param name="arguments">Its arguments for a query.</param>
/// <param name="count">The number of matching lines in its output.</param>
internal sealed class ProcessSearcher(string name, string folder, string program, Func<TextQuery, string[]> arguments, Func<byte[], long> count) : ISearcher
{
    public string Name => name;

    /// <summary>Our command line: totals over everything and a hundred lines with their symbols, as the server column has it.</summary>
    public static ProcessSearcher Ours(string folder) => new("process", folder, Programs.Rlm(), query => [.. OurArguments(query), "--limit", "100"], Total);

    /// <summary>Our command line listing every hit with its symbol, which the others do not name.</summary>
    public static ProcessSearcher OursInFull(string folder) => new("process, all", folder, Programs.Rlm(), OurArguments, Total);

    /// <summary>Over the files that ours covers.</summary>
    public static ProcessSearcher Ripgrep(string folder) => new("ripgrep", folder, "rg", query => ["-n", "--no-heading", "--no-require-git", "--hidden", "-g", "!.git", .. Flags(query, ""), "-e", query.Pattern, "."], Lines);

    /// <summary>In a work tree, else over the plain files. With -P, since -E takes ten times as long on some of the expressions.</summary>
    public static ProcessSearcher GitGrep(string folder)
    {
        string[] where = Path.Exists(Path.Join(folder, ".git")) ? ["--untracked"] : ["--no-index", "--exclude-standard"];
        return new("git grep", folder, "git", query => ["-c", "safe.directory=*", "grep", "-n", "-I", .. where, .. Flags(query, "-P"), "-e", query.Pattern, "--", "."], Lines);
    }

    /// <summary>Over the index that <c>cindex</c> made; it is told where by CSEARCHINDEX. The literals of the table mean the same as expressions.</summary>
    public static ProcessSearcher CodeSearch(string folder) => new("csearch", folder, "csearch", query => ["-n", .. query.IgnoresCase ? ["-i"] : Array.Empty<string>(), query.Kind == PatternKind.Word ? $@"\b{query.Pattern}\b" : query.Pattern], Lines);

    public Func<long> Search(TextQuery query)
    {
        var output = Programs.Output(folder, program, arguments(query));
        return () => count(output);
    }

    private static string[] OurArguments(TextQuery query) =>
        ["search", query.Pattern, "--mode", query.Kind.ToString().ToLowerInvariant(), "--case", query.IgnoresCase ? "insensitive" : "sensitive", "--json"];

    private static string[] Flags(TextQuery query, string regex) =>
        [.. new[] { query.Kind == PatternKind.Regex ? regex : "-F", query.Kind == PatternKind.Word ? "-w" : "", query.IgnoresCase ? "-i" : "" }.Where(flag => flag.Length > 0)];

    private static long Total(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("total").GetInt64();
    }

    // ripgrep says on a line of its own that it stopped in a binary file.
    private static long Lines(byte[] output) => Encoding.Latin1.GetString(output).Split('\n').LongCount(line => line.Length > 0 && !line.Contains("inary file", StringComparison.Ordinal));
}
