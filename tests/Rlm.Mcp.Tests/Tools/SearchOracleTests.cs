using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rlm.Mcp.Tests.Tools;

/// <summary>The lines that search gives are those of a naive scan, also inside sets, and belong to the symbol that they are said to belong to.</summary>
public sealed class SearchOracleTests
{
    private static readonly string[] Names = ["T", "t", "T1", "Read", "rd", "Type.Read", "Raed", "x", "Main()", "Run<int>"];

    [Fact]
    public void Search_EqualsANaiveScan() => TestScale.ForAll(300, random =>
    {
        using var bench = new ToolBench { MaxFileBytes = random.Next(4) == 0 ? 64 << 10 : 4 << 20 };
        var paths = RandomRepository.Fill(bench, random);
        if (random.Next(4) == 0)
        {
            paths.Add("zlarge.txt");
            bench.Write("zlarge.txt", string.Concat(Enumerable.Range(0, 150).Select(_ => RandomRepository.Lines(new Random(random.Next(50))))));
        }
        for (var query = 0; query < 8; query++)
        {
            if (random.Next(10) == 0) bench.Index();
            var (arguments, matches) = Query(random);
            var wanted = paths.SelectMany(path => Scan(bench.At(path), matches).Select(hit => $"{path}:{hit.Line}:{hit.Column}")).ToArray();
            var answer = bench.Json("search", arguments);
            Assert.Equal(wanted, answer.List("matches").Select(match => $"{match.Str("path")}:{match.Int("line")}:{match.Int("column")}"));
            Assert.Equal((wanted.Length, paths.Count), (answer.Int("total"), answer["covered"]!.Int("files")));
        }
    });

    [Fact]
    public void SearchInASet_SeesOnlyItsLines() => TestScale.ForAll(300, random =>
    {
        using var bench = new ToolBench(keepsSets: random.Next(2) == 0);
        RandomRepository.Fill(bench, random);
        bench.Write("always.cs", "class Always\n{\n    void Read() { /* needle x */ }\n}\n");
        if (random.Next(2) == 0) bench.Index();
        bench.Text("search", new { pattern = "needle", @as = "lines" });
        bench.Text("search", new { pattern = "Always", mode = "symbol", @as = "symbols" });
        foreach (var set in (IEnumerable<string>)["lines", "symbols"])
        {
            var ranges = bench.Json("read", new { targets = "@" + set }).List("slices").Where(slice => slice["error"] is null).Select(slice => (Path: slice.Str("path"), Start: slice.Int("start"), End: slice.Int("end"))).ToArray();
            var wanted = bench.Json("search", new { pattern = "e" }).List("matches")
                .Where(match => Array.Exists(ranges, range => range.Path == match.Str("path") && range.Start <= match.Int("line") && match.Int("line") <= range.End)).Select(match => match.Str("handle"));
            Assert.Equal(wanted, bench.Json("search", new { pattern = "e", @in = "@" + set }).List("matches").Select(match => match.Str("handle")));
        }
    });

    [Fact]
    public void EnclosingSymbol_IsTheInnermostThatHoldsTheLine() => TestScale.ForAll(200, random =>
    {
        using var bench = new ToolBench();
        RandomRepository.Fill(bench, random);
        if (random.Next(2) == 0) bench.Index();
        var symbols = bench.Json("map", new { view = "outline" }).List("files").ToDictionary(file => file.Str("path")!, file => file.List("symbols").SelectMany(JsonAnswers.Flat).ToArray());
        foreach (var match in bench.Json("search", new { pattern = ".", mode = "regex" }).List("matches"))
        {
            var line = match.Int("line");
            var around = symbols[match.Str("path")!].Where(symbol => symbol.Int("start") <= line && line <= symbol.Int("end")).ToArray();
            Assert.Equal(around.Length == 0, match.Str("symbol") is null);
            if (around.Length == 0) continue;
            Assert.Contains(match.Str("symbol"), around.Select(symbol => symbol.Str("path")));
            Assert.Equal(around.Min(symbol => symbol.Int("end") - symbol.Int("start")), match.Int("symbolEnd") - match.Int("symbolStart"));
        }
    });

    private static (JsonObject Arguments, Func<string, int> Find) Query(Random random)
    {
        var pattern = RandomRepository.Pick(random, RandomRepository.Words);
        switch (random.Next(4))
        {
            case 0:
                var regex = RandomRepository.Pick(random, "^.*e", "e$", @"\bx", "n[^ ]*e", "(?<=a)\\.b", "é|日", "\\s$", "^$", "x*", "[^\\r]$", "#.", "(a|e)+d\\b");
                return (new() { ["pattern"] = regex, ["mode"] = "regex" }, line => Regex.Match(line, regex, RegexOptions.CultureInvariant) is { Success: true } match ? match.Index : -1);
            case 1:
                return (new() { ["pattern"] = pattern, ["case"] = "sensitive" }, line => line.IndexOf(pattern, StringComparison.Ordinal));
            case 2:
                var word = (char.IsLetterOrDigit(pattern[0]) || pattern[0] == '_' ? @"\b" : "") + Regex.Escape(pattern) + (char.IsLetterOrDigit(pattern[^1]) ? @"\b" : "");
                var ignore = pattern.Any(char.IsUpper) ? RegexOptions.None : RegexOptions.IgnoreCase;
                return (new() { ["pattern"] = pattern, ["mode"] = "word" }, line => Regex.Match(line, word, RegexOptions.CultureInvariant | ignore) is { Success: true } match ? match.Index : -1);
            default:
                var comparison = pattern.Any(char.IsUpper) ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
                return (new() { ["pattern"] = pattern }, line => line.IndexOf(pattern, comparison));
        }
    }

    // On its own on purpose: decode as a whole, split at LF, drop one CR.
    private static IEnumerable<(int Line, int Column)> Scan(string file, Func<string, int> find)
    {
        var bytes = File.ReadAllBytes(file);
        var text = bytes is [0xFF, 0xFE, ..] ? Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2)
            : bytes is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2)
            : bytes is [0xEF, 0xBB, 0xBF, ..] ? Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3) : Encoding.UTF8.GetString(bytes);
        if (text.Length == 0) yield break;
        var lines = text.Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            if (index == lines.Length - 1 && lines[index].Length == 0) yield break;
            var line = index < lines.Length - 1 && lines[index].EndsWith('\r') ? lines[index][..^1] : lines[index];
            if (find(line) is var at and >= 0) yield return (index + 1, at + 1);
        }
    }

    [Fact]
    public void SymbolSearch_GivesTheSameWithAnIndexAndWithout() => TestScale.ForAll(200, random =>
    {
        using var bench = new ToolBench();
        RandomRepository.Fill(bench, random);
        var without = Names.Select(pattern => Found(bench, pattern)).ToArray();
        bench.Index();
        if (random.Next(2) == 0) bench.Write("later.cs", "class Later { void Read() { } }\n");
        bench.Restart();
        var with = Names.Select(pattern => Found(bench, pattern)).ToArray();
        for (var at = 0; at < Names.Length; at++) Assert.Equal(without[at], with[at].Where(hit => !hit.Contains("later.cs", StringComparison.Ordinal)));
    });

    private static IEnumerable<string> Found(ToolBench bench, string pattern) =>
        [.. bench.Json("search", new { pattern, mode = "symbol" }).List("matches").Select(match => $"{match.Str("symbol")} {match.Int("line")} {match.Int("score")}")];
}
