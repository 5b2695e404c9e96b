using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rlm.Context.Files;

namespace Rlm.Mcp.Tests.Tools;

/// <summary>What holds of every answer, over random repositories: size, paging, agreement of text and JSON, and that all that is shown can be asked for.</summary>
public sealed partial class AnswerPropertyTests
{
    private static readonly string[] Questions =
    [
        """map {}""", """map {"depth":1}""", """map {"view":"outline"}""", """map {"in":"lang:csharp","view":"outline"}""", """map {"in":"*.cs","as":"mapped"}""", """map {"path":"@hits"}""", """map {"path":"@hits","view":"outline"}""",
        """search {"pattern":"needle"}""", """search {"pattern":"needle","context":3}""", """search {"pattern":"n\\w+e|日|\\bx","mode":"regex"}""", """search {"pattern":"Needle","mode":"word","limit":3}""",
        """search {"pattern":"M1","mode":"symbol"}""", """search {"pattern":"OD","mode":"symbol"}""", """search {"pattern":"nothing at all"}""", """search {"pattern":"zzzzz","mode":"symbol"}""", """search {"pattern":"e","in":"@hits","as":"again"}""",
        """read {"targets":["@hits"]}""", """read {"targets":["@hits"],"unit":"symbol"}""", """read {"targets":["@hits"],"unit":"type","view":"signature"}""", """read {"targets":["@hits"],"unit":"file","view":"outline"}""", """read {"targets":["@hits","nosuch.cs","T1","T1.Over"]}""",
        """recurse {"task":"where is the needle read and written"}""", """recurse {"task":"qqqqqqq"}""",
    ];

    private static readonly int[] Budgets = [200, 201, 230, 300, 500, 1_000, 3_000, 20_000];

    [Fact]
    public void Answer_NeverExceedsItsBudget() => TestScale.ForAll(100, random =>
    {
        using var bench = New(random);
        foreach (var (tool, arguments) in Asked(bench, random))
            foreach (var budget in Budgets.Append(random.Next(200, 20_001)))
                foreach (var json in (IEnumerable<bool>)[false, true])
                {
                    arguments["budget"] = budget;
                    var result = bench.Call(tool, arguments, json);
                    if (result.IsError) continue;
                    var bytes = Encoding.UTF8.GetByteCount(result.Text);
                    Assert.True(bytes <= 4 * budget, $"{bytes} bytes for {budget} tokens: {tool} {arguments.ToJsonString()} json={json}\n{result.Text}");
                    Assert.True(json || result.Text.Length <= 45_000);
                }
    });

    [Fact]
    public void TextAndJson_AgreeOnTotals() => TestScale.ForAll(100, random =>
    {
        using var bench = New(random);
        foreach (var (tool, arguments) in Asked(bench, random))
        {
            var text = bench.Call(tool, arguments);
            var json = bench.Call(tool, arguments, json: true, unlimited: true);
            Assert.Equal(text.IsError, json.IsError);
            if (text.IsError) continue;
            var node = JsonNode.Parse(json.Text)!;
            var shown = Shown().Match(text.Text.Split('\n')[0]);
            Assert.True(shown.Success, text.Text);
            if (tool == "map" && arguments.Str("view") != "outline") continue; // the text counts folders, JSON entries
            if (tool == "map" && shown.Groups["what"].Value == "symbols") continue;
            Assert.Equal(node.Int("total"), int.Parse(shown.Groups["total"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
        }
    });

    [Theory]
    [InlineData("search", """{"pattern":"needle"}""", "matches")]
    [InlineData("search", """{"pattern":"^.*[ex日]","mode":"regex"}""", "matches")]
    [InlineData("search", """{"pattern":"e","limit":7}""", "matches")]
    [InlineData("search", """{"pattern":"T","mode":"symbol"}""", "matches")]
    [InlineData("search", """{"pattern":"e","in":"@hits"}""", "matches")]
    [InlineData("map", """{}""", "entries")]
    [InlineData("map", """{"in":"*.cs"}""", "entries")]
    public void JsonPages_GiveTheWholeListOnceAndInOrder(string tool, string arguments, string list) => TestScale.ForAll(100, random =>
    {
        using var bench = New(random);
        var asked = JsonNode.Parse(arguments)!.AsObject();
        asked["budget"] = RandomRepository.Pick(random, 200, 260, 400, 2_000, 20_000);
        var pages = Paging.Pages(bench, tool, asked, list);
        var paged = pages.SelectMany(page => page.List(list)).Select(Bare).ToArray();
        asked.Remove("limit");
        var whole = bench.Json(tool, WithoutBudget(asked)).List(list).Select(Bare).ToArray();
        Assert.Equal(whole, paged);
        Assert.Equal(whole.Length, pages[0].Int("total"));

        // Where one item alone is larger than the page its text is cut, and says so.
        static string Bare(JsonObject item)
        {
            if (item.Bool("cut")) { item.Remove("text"); item.Remove("cut"); item.Remove("signature"); }
            else item.Remove("signature");
            if (item["text"] is { } text && ((string)text!).Length > 40) item.Remove("text");
            return item.ToJsonString();
        }
    });

    [Fact]
    public void TextPages_GiveEveryMatchingLineOnce() => TestScale.ForAll(200, random =>
    {
        using var bench = New(random);
        var asked = new JsonObject { ["pattern"] = RandomRepository.Pick(random, "needle", "e", "x") };
        var wanted = bench.Json("search", asked).List("matches").Select(match => $"{NameEscaping.Escape(match.Str("path")!)}:{match.Int("line")}").ToArray();
        asked["budget"] = RandomRepository.Pick(random, 200, 300, 800, 6_000);
        if (random.Next(3) == 0) asked["limit"] = random.Next(1, 9);
        var paths = wanted.Select(place => place[..place.LastIndexOf(':')]).ToHashSet();
        var seen = new List<string>();
        foreach (var page in Paging.TextPages(bench, "search", asked))
        {
            var path = "";
            foreach (var line in page.Skip(1))
                if (LineNumber().Match(line) is { Success: true } number) seen.Add($"{path}:{number.Groups[1].Value}");
                else if (paths.Contains(line) || paths.Contains(EncodingNote().Replace(line, ""))) path = paths.Contains(line) ? line : EncodingNote().Replace(line, "");
        }
        Assert.Equal(wanted, seen);
    });

    [Fact]
    public void OutlinePages_GiveEverySymbolOnce() => TestScale.ForAll(200, random =>
    {
        using var bench = New(random);
        var whole = bench.Json("map", new { view = "outline" });
        var all = whole.AllSymbols().Select(Place).ToArray();
        var budget = RandomRepository.Pick(random, 200, 300, 900, 5_000);
        var pages = Paging.Pages(bench, "map", new JsonObject { ["view"] = "outline", ["budget"] = budget }, "files");
        Assert.Equal(all, pages.SelectMany(page => page.AllSymbols()).Where(symbol => !symbol.Bool("continued")).Select(Place));
        Assert.Equal(whole.List("files").Select(file => file.Str("path")), pages.SelectMany(page => page.List("files")).Where(file => !file.Bool("continued")).Select(file => file.Str("path")));

        var text = Paging.TextPages(bench, "map", new JsonObject { ["view"] = "outline", ["budget"] = budget }).SelectMany(page => page.Skip(1)).ToArray();
        foreach (var file in whole.List("files"))
            Assert.Single(text, line => line.StartsWith(NameEscaping.Escape(file.Str("path")!) + " · ", StringComparison.Ordinal) && !line.Contains(" · continued", StringComparison.Ordinal));

        static string Place(JsonObject symbol) => $"{symbol.Str("path")} {symbol.Int("start")}-{symbol.Int("end")}";
    });

    [Fact]
    public void ReadPages_GiveEverySliceOnce() => TestScale.ForAll(200, random =>
    {
        using var bench = New(random);
        var set = bench.Json("read", new { targets = "@hits" });
        var handles = set.List("slices").Select(slice => slice.Str("path") + ":" + slice.Int("start")).ToArray();
        var pages = Paging.Pages(bench, "read", new JsonObject { ["targets"] = new JsonArray("@hits"), ["budget"] = RandomRepository.Pick(random, 200, 500, 3_000) }, "slices", oneMayBeCut: true);
        Assert.Equal(handles, pages.SelectMany(page => page.List("slices")).Select(slice => slice.Str("path") + ":" + slice.Int("start")));
    });

    [Fact]
    public void Rest_LeadsThroughTheWholeFile() => TestScale.ForAll(400, random =>
    {
        using var bench = new ToolBench { MaxFileBytes = random.Next(3) == 0 ? 64 << 10 : 4 << 20 };
        var text = new StringBuilder();
        for (var lines = random.Next(1, 60); lines > 0; lines--) text.Append(RandomRepository.Pick(random, "short", "日本 été 𝒳", new string('x', random.Next(9_000)), "\"\\\t<&>", "\u0001\u202e")).Append(RandomRepository.Pick(random, "\n", "\r\n", "\n\n"));
        var name = RandomRepository.Pick(random, "a.txt", ":12", "b:3-4", "t:3", "n\nl.txt");
        bench.Write(name, text.ToString());
        var budget = RandomRepository.Pick(random, 200, 333, 1_000, 6_000);
        Assert.Equal(text.ToString(), ReadAll(bench, name, budget));
    });

    [Fact]
    public void WhatIsShown_CanBeAskedForAndMeansTheSame() => TestScale.ForAll(100, random =>
    {
        using var bench = New(random);
        foreach (var file in bench.Json("map", new { }).List("entries"))
        {
            if (file.Str("path") == "") continue;
            if (file.Str("kind") == "dir") Assert.Equal(file.Int("files"), bench.Json("map", new { path = file.Str("path") }).List("entries").First().Int("files"));
            else Assert.Equal(file.Str("path"), Assert.Single(bench.Json("read", new { targets = new[] { file.Str("path") } }).List("slices")).Str("path"));
            Assert.Equal(file.Int("files"), bench.Json("search", new { pattern = "qqqqqqqqqqqq", @in = file.Str("path") })["covered"]!.Int("files"));
        }
        foreach (var symbol in bench.Json("map", new { view = "outline" }).AllSymbols()) SameSymbol(bench, symbol.Str("path")!, symbol.Int("start"), symbol.Int("end"));
        foreach (var match in bench.Json("search", new { pattern = "e" }).List("matches"))
        {
            if (match.Str("symbol") is { } symbol) SameSymbol(bench, symbol, match.Int("symbolStart"), match.Int("symbolEnd"));
            var slice = Assert.Single(bench.Json("read", new { targets = new[] { match.Str("handle") } }).List("slices"));
            Assert.Equal((match.Str("handle"), match.Int("line"), false), (slice.Str("handle"), slice.Int("start"), slice.ContainsKey("moved")));
            Assert.StartsWith(match.Str("text")!, slice.Str("text"));
        }
        foreach (var slice in bench.Json("read", new { targets = "@hits", unit = "file" }).List("slices"))
            Assert.Equal(slice.Str("handle"), Assert.Single(bench.Json("read", new { targets = new[] { slice.Str("handle") } }).List("slices")).Str("handle"));
    });

    [Fact]
    public void TextHandlesAndCalls_CanBePastedBack() => TestScale.ForAll(100, random =>
    {
        using var bench = New(random);
        foreach (var (tool, arguments) in Asked(bench, random))
        {
            arguments["budget"] = RandomRepository.Pick(random, 250, 600, 6_000);
            var result = bench.Call(tool, arguments);
            if (result.IsError) continue;
            foreach (var line in result.Text.Split('\n'))
            {
                if (Heading().Match(line) is { Success: true } heading) Assert.False(bench.Call("read", new { targets = new[] { heading.Groups[1].Value } }).IsError, line);
                if (line.StartsWith("rest: ", StringComparison.Ordinal)) Assert.False(bench.Call("read", new { targets = new[] { line[6..] } }).IsError, line);
                if (NextMap().Match(line) is { Success: true } map)
                {
                    // The path stands there as a quoted text, in which a quote is escaped.
                    var next = bench.Call("map", new { path = map.Groups[1].Value.Replace("\\\"", "\"", StringComparison.Ordinal), view = map.Groups[2].Success ? "outline" : "tree" });
                    Assert.False(next.IsError, line + "\n" + next.Text);
                }
            }
        }
    });

    private static string ReadAll(ToolBench bench, string name, int budget)
    {
        var text = new StringBuilder();
        var pending = new Stack<string>([name]);
        for (var calls = 0; pending.TryPop(out var target); calls++)
        {
            Assert.True(calls < 20_000, "rest leads nowhere");
            var slice = bench.Json("read", new { targets = new[] { target }, budget }, unlimited: false).List("slices").Single();
            text.Append(slice.Str("text"));
            // A part of a line leaves its terminator to the one that reads on.
            if (slice.Str("columns") is not null && (slice.Str("rest") is not { } more || !more.StartsWith($"{name}:{slice.Int("start")}:", StringComparison.Ordinal))) text.Append(Terminator(bench, name, slice.Int("start")));
            if (slice.Str("restLines") is { } lines) pending.Push(lines);
            if (slice.Str("rest") is { } rest) pending.Push(rest);
        }
        return text.ToString();
    }

    private static string Terminator(ToolBench bench, string name, int line)
    {
        var raw = File.ReadAllText(bench.At(name)).Split('\n');
        return line >= raw.Length ? "" : raw[line - 1].EndsWith('\r') ? "\r\n" : "\n";
    }

    private static void SameSymbol(ToolBench bench, string symbol, int start, int end)
    {
        var slices = bench.Json("read", new { targets = new[] { symbol } }).List("slices").ToArray();
        Assert.True(slices.Length == 1 && (slices[0].Int("start"), slices[0].Int("end")) == (start, end), $"{symbol} {start}-{end}: {string.Join(' ', slices.Select(slice => slice.Str("handle")))}");
        Assert.Equal(symbol, slices[0].Str("symbol"));
    }

    private static ToolBench New(Random random)
    {
        var bench = new ToolBench { MaxFileBytes = random.Next(6) == 0 ? 64 << 10 : 4 << 20 };
        RandomRepository.Fill(bench, random);
        if (random.Next(4) == 0) bench.Write("large.txt", string.Concat(Enumerable.Range(1, 9_000).Select(line => line % 1_000 == 7 ? "needle T\n" : "hay hay hay\n")));
        if (random.Next(6) == 0) bench.Write("line.js", new string('y', 70_000) + "needle" + new string('z', 70_000));
        bench.Write("always.cs", "class Always { void T1() { } /* e needle */ }\n");
        if (random.Next(2) == 0) bench.Index();
        bench.Text("search", new { pattern = "needle", @as = "hits" });
        return bench;
    }

    private static IEnumerable<(string Tool, JsonObject Arguments)> Asked(ToolBench bench, Random random)
    {
        var files = bench.Json("map", new { }).List("entries").Where(entry => entry.Str("path") != "").Select(entry => entry.Str("path")!).ToArray();
        foreach (var question in Questions)
        {
            var cut = question.IndexOf(' ', StringComparison.Ordinal);
            yield return (question[..cut], JsonNode.Parse(question[cut..])!.AsObject());
        }
        var path = files[random.Next(files.Length)];
        yield return ("map", new() { ["path"] = path });
        yield return ("map", new() { ["path"] = path, ["view"] = "outline" });
        yield return ("read", new() { ["targets"] = new JsonArray([.. files.Take(50).Select(file => (JsonNode)file)]) });
        yield return ("read", new() { ["targets"] = new JsonArray(path), ["view"] = RandomRepository.Pick(random, "source", "signature", "outline") });
    }

    private static JsonObject WithoutBudget(JsonObject arguments)
    {
        arguments.Remove("budget");
        return arguments;
    }

    [GeneratedRegex(@"shown (?<shown>[\d,]+) of (?<total>[\d,]+) (?<what>\w+)")]
    private static partial Regex Shown();

    [GeneratedRegex(@"^(\d+)\t")]
    private static partial Regex LineNumber();

    [GeneratedRegex(@" \([^()]*\)$")]
    private static partial Regex EncodingNote();

    [GeneratedRegex(@"^== (.+?) of [\d,]+ (?:lines|columns)(?: · .*)?$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^next: map\(path: ""(.+?)""(, view: ""outline"")?\)")]
    private static partial Regex NextMap();
}
