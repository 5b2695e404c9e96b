using System.Text.Json.Nodes;

namespace Rlm.Mcp.Tests.Tools;

public class SearchToolTests : IDisposable
{
    private readonly ToolBench _bench;

    public SearchToolTests()
        : this(isIndexed: false)
    {
    }

    private protected SearchToolTests(bool isIndexed)
    {
        _bench = SampleRepository.Create();
        if (isIndexed) _bench.Index();
    }

    public void Dispose()
    {
        _bench.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Text_GroupsLinesByFileAndSymbol()
    {
        var lines = _bench.Lines("search", new { pattern = "needle", @in = "src | docs" });
        Assert.StartsWith("search literal, any case \"needle\" in src | docs · shown 4 of 4 lines in 4 files · complete · snapshot ", lines[0]);
        Assert.Equal(["docs/guide.md", " in Guide [heading 1-7]", "3\thow to needle", "src/Crlf.cs", " in Crlf.needle [field 3-3]", "3\t    int needle;"], lines[1..7]);
        Assert.StartsWith("skipped: 1 ignored, 1 binary, 2 secret", lines[^1]);
    }

    [Theory]
    [InlineData("""{"pattern":"needle"}""", "# :12 @x a b - c.txt bidi\u202e\u001b.txt docs/guide.md long.txt odd.txt src/Crlf.cs src/Deep/Er/Leaf.cs src/Top.cs tools/run.py utf16.txt")]
    [InlineData("""{"pattern":"Needle"}""", "src/Deep/Er/Leaf.cs")]
    [InlineData("""{"pattern":"needle","case":"sensitive","in":"src"}""", "src/Crlf.cs src/Top.cs")]
    [InlineData("""{"pattern":"NEEDLE","case":"insensitive","in":"src"}""", "src/Crlf.cs src/Deep/Er/Leaf.cs src/Top.cs")]
    [InlineData("""{"pattern":"NEEDLE","mode":"regex","in":"src"}""", "")]
    [InlineData("""{"pattern":"^needle$","mode":"regex"}""", "# :12 @x a b - c.txt bidi\u202e\u001b.txt")]
    [InlineData("""{"pattern":"eedle","mode":"word"}""", "")]
    [InlineData("""{"pattern":"needle;","mode":"word"}""", "src/Crlf.cs")]
    [InlineData("""{"pattern":"scale","mode":"word"}""", "src/Shapes.cs src/Shapes.cs src/Shapes.cs")]
    [InlineData("""{"pattern":"needle","in":"*.md | lang:py"}""", "docs/guide.md tools/run.py")]
    [InlineData("""{"pattern":"needle","in":"src - src/Deep"}""", "src/Crlf.cs src/Top.cs")]
    [InlineData("""{"pattern":"needle","in":"a b - c.txt"}""", "a b - c.txt")]
    [InlineData("""{"pattern":"needle","in":":12"}""", ":12")]
    [InlineData("""{"pattern":"needle","in":"@x | \"a b - c.txt\""}""", "@x a b - c.txt")]
    [InlineData("""{"pattern":"needle","in":"src/../tools"}""", "tools/run.py")]
    [InlineData("""{"pattern":"needle","in":"ignored"}""", "")]
    public void Matches_AreInTheseFiles(string arguments, string expected)
    {
        if (OperatingSystem.IsWindows() && expected.Contains('\u202e')) return;
        var answer = _bench.Json("search", arguments);
        Assert.Equal(expected, string.Join(' ', answer.List("matches").Select(match => match.Str("path"))));
        Assert.True(answer.Bool("complete"));
    }

    [Fact]
    public void JsonMatch_HasTheFieldsOfTheContract()
    {
        var match = _bench.Json("search", new { pattern = "Draw(Twice" }).List("matches").Single();
        Assert.Equal(("src/Shapes.cs", 24, 13), (match.Str("path"), match.Int("line"), match.Int("column")));
        Assert.Equal(("            Draw(Twice(1));", "src/Shapes.cs#Geo.Shape`1.Scale(double)", "method"), (match.Str("text"), match.Str("symbol"), match.Str("kind")));
        Assert.Equal((21, 25), (match.Int("symbolStart"), match.Int("symbolEnd")));
        Assert.StartsWith("src/Shapes.cs:24-24@", match.Str("handle"));
    }

    [Fact]
    public void Json_CoversAndSkips()
    {
        var answer = _bench.Json("search", new { pattern = "nothing at all" });
        Assert.Equal((0, 0, true), (answer.Int("total"), answer.Int("files"), answer.Bool("complete")));
        Assert.Equal(_bench.Json("map", new { }).List("entries").First().Int("files"), answer["covered"]!.Int("files"));
        Assert.Equal((1, 2), (answer["skipped"]!.Int("ignored"), answer["skipped"]!.Int("secret")));
        Assert.Matches("^[0-9a-f]{8}$", answer.Str("version"));
    }

    [Fact]
    public void ZeroHits_CarryTheirProof()
    {
        var lines = _bench.Lines("search", new { pattern = "NEEDLE" });
        Assert.Contains("shown 0 of 0 lines in 0 files · complete", lines[0]);
        Assert.Matches("^covered: [0-9]+ files, [0-9,]+ bytes, every line of them$", lines[1]);
        Assert.StartsWith("skipped: 1 ignored", lines[2]);
        Assert.Matches("^next: search\\(pattern: \"NEEDLE\", case: \"insensitive\"\\) finds 1[0-9] lines in another case$", lines[3]);
        Assert.StartsWith("near: ", lines[4]);
        Assert.Contains("Shape", _bench.Lines("search", new { pattern = "Shpae" })[^1]);
        Assert.Contains("nothing in this scope is covered", _bench.Text("search", new { pattern = "x", @in = "ignored" }));
    }

    [Fact]
    public void LongLine_IsShownAroundItsMatch_AndExactInJson()
    {
        var line = _bench.Lines("search", new { pattern = "needle", @in = "long.txt" })[3];
        Assert.StartsWith("1\t…xxx", line);
        Assert.EndsWith("yyy…", line);
        Assert.InRange(line.Length, 390, 410);
        var match = _bench.Json("search", new { pattern = "needle", @in = "long.txt" }).List("matches").Single();
        Assert.Equal((3_001, true, 2_000), (match.Int("column"), match.Bool("cut"), match.Str("text")!.Length));
    }

    [Fact]
    public void Lines_EndAtLfOnly()
    {
        Assert.Equal(1, _bench.Json("search", new { pattern = "needle", @in = "odd.txt" }).List("matches").Single().Int("line"));
        Assert.Equal("    int needle;", _bench.Json("search", new { pattern = "needle", @in = "src/Crlf.cs" }).List("matches").Single().Str("text"));
        Assert.Equal(0, _bench.Json("search", new { pattern = "\\r$", mode = "regex", @in = "src/Crlf.cs" }).Int("total"));
        Assert.Contains("utf16.txt (utf-16le)", _bench.Lines("search", new { pattern = "é" }));
    }

    [Fact]
    public void Context_ShowsTheLinesAround()
    {
        Assert.Equal(["2\t{", "3\t    int needle;", "4\t}"], _bench.Lines("search", new { pattern = "needle", @in = "src/Crlf.cs", context = 1 })[3..6]);
        Assert.Equal([2, 4], _bench.Json("search", new { pattern = "needle", @in = "src/Crlf.cs", context = 1 }).List("matches").Single().List("context").Select(line => line.Int("line")));
    }

    [Fact]
    public void Limit_CutsAndTheCursorGoesOn()
    {
        var first = _bench.Json("search", new { pattern = "needle", limit = 5 });
        Assert.Equal((5, 13, false, "limit"), (first.Int("shown"), first.Int("total"), first.Bool("complete"), first.Str("reason")));
        var second = _bench.Json("search", new { cursor = first.Str("cursor") });
        Assert.Equal(5, second.Int("shown"));
        Assert.Empty(first.List("matches").Select(match => match.Str("handle")).Intersect(second.List("matches").Select(match => match.Str("handle"))));
        Assert.StartsWith("bad_argument: limit differs", _bench.Error("search", new { cursor = first.Str("cursor"), limit = 4 }));
        Assert.NotNull(_bench.Json("search", new { cursor = first.Str("cursor"), limit = 5, pattern = "needle" }));
        Assert.StartsWith("bad_argument: the cursor belongs to search", _bench.Error("map", new { cursor = first.Str("cursor") }));
        Assert.StartsWith("bad_argument: ", _bench.Error("search", new { cursor = "x" + first.Str("cursor") }));
    }

    [Theory]
    [InlineData("Shape", "class Geo.Shape`1 class Geo.Shape`1 constructor Geo.Shape`1.Shape interface Geo.IShape")]
    [InlineData("Shpe", "class Geo.Shape`1 class Geo.Shape`1 constructor Geo.Shape`1.Shape")]
    [InlineData("Shape.Scale", "method Geo.Shape`1.Scale(int) method Geo.Shape`1.Scale(double) method Geo.Shape`1.Scale(U)")]
    [InlineData("OD", "method Geo.Shape`1.OnlyDebug")]
    [InlineData("Color", "enum Geo.Shape`1.Nested.Color")]
    public void SymbolMode_FindsNamesByTheirParts(string pattern, string expected)
    {
        var found = _bench.Json("search", new { pattern, mode = "symbol", @in = "src" }).List("matches").Select(match => $"{match.Str("kind")} {match.Str("symbol")!.Split('#')[1]}");
        Assert.StartsWith(expected.Split(' ')[0], string.Join(' ', found));
        Assert.All(expected.Split(' ').Chunk(2), pair => Assert.Contains(string.Join(' ', pair), found));
    }

    [Fact]
    public void SymbolMode_ShowsPathRangeKindAndSignature()
    {
        var lines = _bench.Lines("search", new { pattern = "OnlyDebug", mode = "symbol" });
        Assert.StartsWith("search symbol \"OnlyDebug\" · shown 1 of 1 symbols in 1 files · complete", lines[0]);
        Assert.Equal("src/Shapes.cs:37-37 method Geo.Shape`1.OnlyDebug — public void OnlyDebug() [conditional]", lines[1]);
        Assert.Contains("no such name; these are spelled nearly so", _bench.Lines("search", new { pattern = "OnlyDebgu", mode = "symbol" })[0]);
    }

    [Fact]
    public void Sets_AreKeptAndCombined()
    {
        Assert.Contains("kept: @hits, 13 items", _bench.Lines("search", new { pattern = "needle", @as = "hits", limit = 2 }));
        _bench.Restart();
        Assert.Equal(13, _bench.Json("search", new { pattern = "e", @in = "@hits" }).Int("total"));
        Assert.Equal(3, _bench.Json("search", new { pattern = "e", @in = "@hits & src" }).Int("total"));
        Assert.Equal(10, _bench.Json("search", new { pattern = "e", @in = "@hits - src" }).Int("total"));
        _bench.Text("search", new { pattern = "class", @as = "classes" });
        var lines = _bench.Json("search", new { pattern = ".", mode = "regex", @in = "@hits & @classes" }).List("matches").Select(match => match.Str("path") + ":" + match.Int("line"));
        Assert.Equal(["src/Deep/Er/Leaf.cs:1"], lines);
        Assert.StartsWith("unknown_set: set @hit is not known", _bench.Error("search", new { pattern = "x", @in = "@hit" }));
        Assert.Contains("only the lines of the set's items", _bench.Text("search", new { pattern = "zzz", @in = "@hits" }));
    }

    [Fact]
    public void SetItems_ThatAreGone_AreTold()
    {
        _bench.Text("search", new { pattern = "needle", @as = "hits" });
        File.Delete(_bench.At("tools/run.py"));
        _bench.Write("src/Crlf.cs", "// above\nclass Crlf\r\n{\r\n    int needle;\r\n}\r\n");
        var result = _bench.Call("search", new { pattern = "needle", @in = "@hits" });
        Assert.True(result.IsPartial);
        Assert.Contains("partial: set items lost", result.Text);
        Assert.Contains("\nset items: 1 gone, 1 moved and followed\n", result.Text);
        Assert.Contains("set items: 1 gone, 1 moved and followed", _bench.Text("read", new { targets = "@hits" }));
        Assert.Contains("set items: 1 gone, 1 moved and followed", _bench.Text("recurse", new { task = "needle", over = "@hits" }));
        Assert.Equal(1, _bench.Json("read", new { targets = "@hits" })["losses"]!.Int("gone"));
    }

    [Theory]
    [InlineData("""{"pattern":"x y","mode":"ranked","case":"sensitive"}""", "bad_argument: mode ranked has no case")]
    [InlineData("""{"pattern":"x y","mode":"ranked","context":2}""", "bad_argument: mode ranked has no context")]
    [InlineData("""{"pattern":"  ","mode":"ranked"}""", "bad_pattern: the question is empty")]
    [InlineData("""{"pattern":"x","mode":"fuzzy"}""", "bad_argument: mode \"fuzzy\" is not one of literal, regex, word, symbol, ranked.")]
    [InlineData("""{"pattern":"x","limit":0}""", "bad_argument: limit 0 is out of range; it may be 1 to 100,000")]
    [InlineData("""{"pattern":"x","context":21}""", "bad_argument: context 21 is out of range")]
    [InlineData("""{"pattern":"x","budget":199}""", "bad_argument: budget 199 is out of range; it may be 200 to 20,000")]
    [InlineData("""{"pattern":"x","budget":20001}""", "bad_argument: budget 20001")]
    [InlineData("""{"pattern":"x","budget":"6000"}""", "bad_argument: budget must be a whole number")]
    [InlineData("""{"pattern":"x","limit":1.5}""", "bad_argument: limit must be a whole number")]
    [InlineData("""{}""", "bad_argument: pattern is missing")]
    [InlineData("""{"pattern":""}""", "bad_pattern: the pattern is empty")]
    [InlineData("""{"pattern":"a\nb"}""", "bad_pattern: the pattern contains a line break")]
    [InlineData("""{"pattern":"(","mode":"regex"}""", "bad_pattern: the pattern is no valid .NET regular expression")]
    [InlineData("""{"pattern":"\ud800"}""", "bad_argument: pattern holds half a surrogate pair")]
    [InlineData("""{"pattern":"x","patern":"y"}""", "bad_argument: search has no argument patern; it takes pattern, mode,")]
    [InlineData("""{"pattern":"x","session":"s1"}""", "unknown_session: ")]
    [InlineData("""{"pattern":"x","rev":"HEAD"}""", "bad_argument: search has no argument rev")]
    [InlineData("""{"pattern":"x","in":"nosuch"}""", "unknown_path: asked nosuch")]
    [InlineData("""{"pattern":"x","in":"../up"}""", "outside_root: asked ../up")]
    [InlineData("""{"pattern":"x","in":".env"}""", "secret_file: asked .env")]
    [InlineData("""{"pattern":"x","in":"src &"}""", "bad_argument: scope \"src &\"")]
    [InlineData("""{"pattern":"x","in":"lang:klingon"}""", "bad_argument: language \"klingon\" is not known")]
    [InlineData("""{"pattern":"x","as":"1x"}""", "bad_argument: as must be a name")]
    [InlineData("""{"pattern":"x","mode":"symbol","context":2}""", "bad_argument: mode symbol has no context lines")]
    [InlineData("""{"pattern":"x","cursor":"abcdefghijkl"}""", "bad_argument: the cursor is not one that this server gave")]
    public void Mistake_IsToldInOneLine(string arguments, string expected) => Assert.StartsWith(expected, _bench.Error("search", arguments));

    [Fact]
    public void Error_InJson_HasCodeMessageNextAndNear()
    {
        var error = JsonNode.Parse(_bench.Call("search", new { pattern = "x", @in = "scr" }, json: true).Text)!["error"]!;
        Assert.Equal("unknown_path", error.Str("code"));
        Assert.Contains("src", error["near"]!.AsArray().Select(name => (string?)name));
        Assert.NotNull(error.Str("next"));
    }

    [Fact]
    public void LargeFile_IsSearchedToItsEnd()
    {
        using var bench = new ToolBench { MaxFileBytes = 64 << 10 };
        bench.Write("big.log", string.Concat(Enumerable.Range(1, 40_000).Select(line => line % 10_000 == 0 ? $"needle {line}\r\n" : "hay é\r\n")));
        Assert.Equal([10_000, 20_000, 30_000, 40_000], bench.Json("search", new { pattern = "needle" }).List("matches").Select(match => match.Int("line")));
    }

    [Fact]
    public void OldSnapshot_IsSaidToBeOld()
    {
        using var bench = new ToolBench { Time = new SlowTime() };
        bench.Write("a.txt", "needle\n");
        Assert.DoesNotContain("s old", bench.Lines("search", new { pattern = "needle" })[0]);
        Assert.Matches(@"snapshot [0-9a-f]{8}, [0-9.]+ s old$", bench.Lines("search", new { pattern = "needle" })[0]);
        Assert.NotNull(bench.Json("map", new { })["age"]);
    }
}
