using System.Text.Json.Nodes;

namespace Rlm.Mcp.Tests.Tools;

public class ReadToolTests : IDisposable
{
    private readonly ToolBench _bench;

    public ReadToolTests()
        : this(isIndexed: false)
    {
    }

    private protected ReadToolTests(bool isIndexed)
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
    public void Text_IsNumberedAndHasItsHandle()
    {
        var lines = _bench.Lines("read", new { targets = "src/Crlf.cs:2-3" });
        Assert.StartsWith("read 1 target · shown 1 of 1 slice · complete · snapshot ", lines[0]);
        Assert.Matches(@"^== src/Crlf\.cs:2-3@[0-9a-f]{8} of 4 lines · in Crlf \[class 1-4\]$", lines[1]);
        Assert.Equal(["2\t{", "3\t    int needle;"], lines[2..]);
    }

    [Theory]
    [InlineData(":12", ":12 1-2")]
    [InlineData(":12:2", ":12 2-2")]
    [InlineData("@x", "@x 1-2")]
    [InlineData("@x:1", "@x 1-1")]
    [InlineData("#", "# 1-2")]
    [InlineData("#:2", "# 2-2")]
    [InlineData("a b - c.txt:1-2", "a b - c.txt 1-2")]
    [InlineData("bidi\\u{202e}\\u{1b}.txt", "bidi\u202e\u001b.txt 1-1")]
    [InlineData("bidi\u202e\u001b.txt:1", "bidi\u202e\u001b.txt 1-1")]
    [InlineData("./src//Crlf.cs", "src/Crlf.cs 1-4")]
    [InlineData("src/Deep/../Crlf.cs:2", "src/Crlf.cs 2-2")]
    [InlineData("empty.txt", "empty.txt 1-0")]
    [InlineData("empty.txt:1-0", "empty.txt 1-0")]
    [InlineData("nofinal.txt", "nofinal.txt 1-2")]
    [InlineData("odd.txt", "odd.txt 1-2")]
    [InlineData("src/Crlf.cs#L2-L3", "src/Crlf.cs 2-3")]
    [InlineData("src/Crlf.cs:3-99", "src/Crlf.cs 3-4")]
    [InlineData("ignored/i.cs", "ignored/i.cs 1-1")]
    [InlineData("link.cs:3", "link.cs 3-3")]
    [InlineData("Crlf.needle", "src/Crlf.cs 3-3")]
    [InlineData("src/Shapes.cs#Geo.Shape`1.Scale(double)", "src/Shapes.cs 21-25")]
    [InlineData("Shape.Scale(double)", "src/Shapes.cs 21-25")]
    [InlineData("Shape<T>.Scale(double)", "src/Shapes.cs 21-25")]
    [InlineData("Shape/Scale", "src/Shapes.cs 20-20, src/Shapes.cs 21-25, src/Shapes.cs 26-26")]
    [InlineData("Shape::Scale", "src/Shapes.cs 20-20, src/Shapes.cs 21-25, src/Shapes.cs 26-26")]
    [InlineData("Scale~2", "src/Shapes.cs 21-25")]
    [InlineData("Scale<U>(U)", "src/Shapes.cs 26-26")]
    [InlineData("Shape.Scale<U>(U)", "src/Shapes.cs 26-26")]
    [InlineData("Shape", "src/Part.cs 3-3, src/Shapes.cs 6-43")]
    [InlineData("Geo.Shape.Shape", "src/Shapes.cs 11-11")]
    [InlineData("~Shape", "src/Shapes.cs 13-13")]
    [InlineData("Shape.this[]", "src/Shapes.cs 15-15, src/Shapes.cs 16-16")]
    [InlineData("Shape.IShape.Draw", "src/Shapes.cs 18-18")]
    [InlineData("Shape.operator +", "src/Shapes.cs 28-28")]
    [InlineData("implicit operator int", "src/Shapes.cs 29-29")]
    [InlineData("Nested.Color.Green", "src/Shapes.cs 40-40")]
    [InlineData("Shape.Name", "src/Shapes.cs 33-34")]
    [InlineData("docs/guide.md#Guide.Use", "docs/guide.md 5-7")]
    public void Target_MeansTheseLines(string target, string expected)
    {
        if (OperatingSystem.IsWindows() && (target.Contains("bidi") || target.Contains("link"))) return;
        var slices = _bench.Json("read", new { targets = target }).List("slices");
        Assert.Equal(expected, string.Join(", ", slices.Select(slice => $"{slice.Str("path")} {slice.Int("start")}-{slice.Int("end")}")));
    }

    [Theory]
    [InlineData("src/Shapes.cs:24", "symbol", "21-25")]
    [InlineData("src/Shapes.cs:24", "type", "6-43")]
    [InlineData("src/Shapes.cs:24", "file", "1-46")]
    [InlineData("src/Shapes.cs:40", "type", "40-40")]
    [InlineData("src/Shapes.cs:20-21", "symbol", "6-43")]
    [InlineData("src/Shapes.cs:1", "symbol", "1-1")]
    [InlineData("Shape.Name", "type", "6-43")]
    public void Unit_GrowsTheTarget(string targets, string unit, string expected)
    {
        var slice = _bench.Json("read", new { targets, unit }).List("slices").Single();
        Assert.Equal(expected, $"{slice.Int("start")}-{slice.Int("end")}");
    }

    [Fact]
    public void JsonSlice_IsByteExactAndHasTheFieldsOfTheContract()
    {
        var slice = _bench.Json("read", new { targets = "src/Crlf.cs" }).List("slices").Single();
        Assert.Equal("class Crlf\r\n{\r\n    int needle;\r\n}\r\n", slice.Str("text"));
        Assert.Equal($"src/Crlf.cs:1-4@{slice.Str("hash")}", slice.Str("handle"));
        Assert.Equal(4, slice.Int("lines"));
        var part = _bench.Json("read", new { targets = "src/Shapes.cs:24" }).List("slices").Single();
        Assert.Equal("src/Shapes.cs#Geo.Shape`1.Scale(double)", part.Str("symbol"));
        Assert.Equal("utf-16le", _bench.Json("read", new { targets = "utf16.txt" }).List("slices").Single().Str("encoding"));
        Assert.Contains("invalid utf-8", _bench.Json("read", new { targets = "bad.txt" }).List("slices").Single().Str("encoding"));
    }

    [Fact]
    public void Ambiguity_ShowsAllCandidates()
    {
        var lines = _bench.Lines("read", new { targets = "Scale" });
        Assert.Contains("shown 3 of 3 slices · complete", lines[0]);
        Assert.Equal("ambiguous: Scale names 3 declarations, all shown", lines[1]);
    }

    [Fact]
    public void Trail_NamesTheHolderAndTheDoc()
    {
        var lines = _bench.Lines("read", new { targets = "Geo.Shape.Shape" }).Where(line => !line.StartsWith("used: ", StringComparison.Ordinal)).ToArray(); // as far as there is an index
        Assert.Equal("in: 6-43 public abstract partial class Shape<T> : IShape, IDisposable where T : class", lines[^2]);
        Assert.Equal("doc: Makes it.", lines[^1]);
    }

    [Fact]
    public void Views_ShowSignaturesAndOutlines()
    {
        Assert.Equal("21-25 public void Scale(double factor)", _bench.Lines("read", new { targets = "Shape.Scale(double)", view = "signature" })[^1]);
        Assert.Equal(["21-25 public void Scale(double factor)", "  23-23 int Twice(int x)"], _bench.Lines("read", new { targets = "Shape.Scale(double)", view = "outline" })[2..]);
        var outline = _bench.Text("read", new { targets = "docs/guide.md", view = "outline" });
        Assert.Contains("· complete ·", outline);
        Assert.DoesNotContain("step:", outline);
        Assert.Contains("heading # Guide", outline);
        Assert.Equal("public void Scale(double factor)", _bench.Json("read", new { targets = "Shape.Scale(double)", view = "signature" }).List("slices").Single().Str("text"));
        Assert.Equal("Twice", _bench.Json("read", new { targets = "Shape.Scale(double)", view = "outline" }).List("slices").Single().List("symbols").Single().List("children").Single().Str("name"));
    }

    [Fact]
    public void FailingTarget_FailsAlone()
    {
        var result = _bench.Call("read", new { targets = new JsonArray("nosuch.cs", "nofinal.txt", ".env") }.targets is var targets ? new JsonObject { ["targets"] = targets } : [], json: true, unlimited: true);
        Assert.True(result is { IsError: false, IsPartial: true });
        var slices = JsonNode.Parse(result.Text)!.List("slices").ToArray();
        Assert.Equal(["unknown_path", null, "secret_file"], slices.Select(slice => slice["error"]?.Str("code")));
        Assert.Contains("partial: 2 of 3 targets failed", _bench.Text("read", """{"targets":["nosuch.cs","nofinal.txt",".env"]}"""));
    }

    [Fact]
    public void FileOverBudget_ComesAsOutlineAndFirstLines()
    {
        _bench.Write("src/Big.cs", "class Big\n{\n" + string.Concat(Enumerable.Range(1, 60).Select(n => $"    public void Method{n}(int value)\n    {{\n        Call({n});\n    }}\n")) + "}\n");
        var lines = _bench.Lines("read", new { targets = "src/Big.cs", budget = 1_000 });
        Assert.Contains("partial: budget · step: outline and first lines", lines[0]);
        Assert.StartsWith("== src/Big.cs:1-", lines[1]);
        Assert.Contains(lines, line => line.StartsWith("rest: src/Big.cs:", StringComparison.Ordinal) && line.EndsWith("-243", StringComparison.Ordinal));
        Assert.Contains("outline (roslyn):", lines);
        Assert.Contains(lines, line => line.Contains("Method60", StringComparison.Ordinal));
        var json = _bench.Json("read", new { targets = "src/Big.cs", budget = 500 }, unlimited: false);
        Assert.Equal($"src/Big.cs:{json.List("slices").Single().Int("end") + 1}-243", json.List("slices").Single().Str("rest"));
    }

    [Fact]
    public void LongLine_ComesInParts()
    {
        var slice = _bench.Json("read", new { targets = "long.txt", budget = 500 }, unlimited: false).List("slices").Single();
        var end = slice.Str("text")!.Length;
        Assert.Equal(($"long.txt:1:{end + 1}-6006", "long.txt:2-2"), (slice.Str("rest"), slice.Str("restLines")));
        Assert.Equal("xneedley", _bench.Json("read", new { targets = "long.txt:1:3000-3007" }).List("slices").Single().Str("text"));
        Assert.Equal(["1\txneedley"], _bench.Lines("read", new { targets = "long.txt:1:3000-3007" })[2..]);
    }

    [Fact]
    public void RangeBehindTheEnd_IsClampedAndSaysSo()
    {
        Assert.Contains("asked to line 99, the file ends at 4", _bench.Text("read", new { targets = "src/Crlf.cs:3-99" }));
        Assert.Equal(99, _bench.Json("read", new { targets = "src/Crlf.cs:3-99" }).List("slices").Single().Int("askedEnd"));
        Assert.StartsWith("out_of_range: asked lines 5-9 of src/Crlf.cs; src/Crlf.cs has 4 lines.", _bench.Error("read", new { targets = "src/Crlf.cs:5-9" }));
    }

    [Fact]
    public void StaleHandle_FollowsSymbolOrTextOrIsGone()
    {
        var symbol = _bench.Json("search", new { pattern = "Scale(double", @in = "src" }).List("matches").Single().Str("handle")!;
        var text = _bench.Json("read", new { targets = "nofinal.txt:2" }).List("slices").Single().Str("handle")!;
        _bench.Write("src/Shapes.cs", SampleRepository.Shapes.Replace("using System;", "// new\nusing System;", StringComparison.Ordinal).Replace("Scale(double factor)", "Scale(double by)", StringComparison.Ordinal));
        _bench.Write("nofinal.txt", "zero\none\ntwo");
        var bySymbol = _bench.Json("read", new { targets = symbol }).List("slices").Single();
        Assert.Equal(("symbol", symbol, 22), (bySymbol["moved"]!.Str("why"), bySymbol["moved"]!.Str("from"), bySymbol.Int("start")));
        var byText = _bench.Json("read", new { targets = text }).List("slices").Single();
        Assert.Equal(("content", 3, "two"), (byText["moved"]!.Str("why"), byText.Int("start"), byText.Str("text")));
        Assert.Contains("· complete · changed · snapshot", _bench.Lines("read", new { targets = text })[0]);
        _bench.Write("nofinal.txt", "nothing\n");
        Assert.Matches("^out_of_range: .*gone", _bench.Error("read", new { targets = text }));
        File.Delete(_bench.At("nofinal.txt"));
        Assert.Matches("^out_of_range: .*gone", _bench.Error("read", new { targets = text }));
    }

    [Fact]
    public void SetMember_IsReadByItsNumber()
    {
        _bench.Text("search", new { pattern = "needle", @in = "src", @as = "hits" });
        Assert.Equal("src/Deep/Er/Leaf.cs", _bench.Json("read", new { targets = "@hits[2]" }).List("slices").Single().Str("path"));
        Assert.StartsWith("out_of_range: asked item 9 of @hits, which has 3", _bench.Error("read", new { targets = "@hits[9]" }));
    }

    [Theory]
    [InlineData("""{}""", "bad_argument: targets is missing")]
    [InlineData("""{"targets":[]}""", "bad_argument: targets is missing")]
    [InlineData("""{"targets":[1]}""", "bad_argument: targets must be a list of texts")]
    [InlineData("""{"targets":""}""", "bad_argument: a target is empty")]
    [InlineData("""{"targets":"src"}""", "bad_argument: asked src, which is a folder. map(path: \"src\") lists it.")]
    [InlineData("""{"targets":"src:1-2"}""", "bad_argument: ")]
    [InlineData("""{"targets":"src/Nope.cs"}""", "unknown_path: asked src/Nope.cs, which is not in the repository")]
    [InlineData("""{"targets":"src/Nope.cs#A"}""", "unknown_path: ")]
    [InlineData("""{"targets":"src/Crlf.cs#Nope"}""", "unknown_symbol: asked symbol Nope, which src/Crlf.cs does not declare")]
    [InlineData("""{"targets":"bidi\\u{202e}\\u{1b}.txt#Nope"}""", "unknown_symbol: asked symbol Nope, which bidi\\u{202e}\\u{1b}.txt does not declare. map(path: \"bidi\\u{202e}\\u{1b}.txt\", view: \"outline\") lists its symbols.")]
    [InlineData("""{"targets":"NoSuchName"}""", "unknown_symbol: asked NoSuchName")]
    [InlineData("""{"targets":"src/Crlf.cs:0"}""", "out_of_range: ")]
    [InlineData("""{"targets":"src/Crlf.cs:3-2"}""", "out_of_range: ")]
    [InlineData("""{"targets":"src/Crlf.cs:1-2@00000000"}""", "out_of_range: ")]
    [InlineData("""{"targets":"../x"}""", "outside_root: asked ../x, which is outside the root")]
    [InlineData("""{"targets":"/etc/passwd"}""", "outside_root: ")]
    [InlineData("""{"targets":"out.txt"}""", "outside_root: asked out.txt, a link that leads outside")]
    [InlineData("""{"targets":".env"}""", "secret_file: ")]
    [InlineData("""{"targets":"keys/id_rsa:1"}""", "secret_file: ")]
    [InlineData("""{"targets":"data.bin"}""", "bad_argument: asked data.bin, which is binary")]
    [InlineData("""{"targets":"@none"}""", "unknown_set: set @none is not known")]
    [InlineData("""{"targets":"nofinal.txt","rev":"HEAD"}""", "not_available: history was asked")]
    [InlineData("""{"targets":"nofinal.txt","view":"full"}""", "bad_argument: view \"full\" is not one of source, signature, outline.")]
    public void Mistake_IsToldInOneLine(string arguments, string expected)
    {
        if (OperatingSystem.IsWindows() && (arguments.Contains("out.txt") || arguments.Contains("bidi"))) return;
        Assert.StartsWith(expected, _bench.Error("read", arguments));
    }

    [Fact]
    public void MoreThanFiftyTargets_AreRefused() =>
        Assert.StartsWith("bad_argument: 51 targets were given; a call takes 1 to 50", _bench.Error("read", new { targets = Enumerable.Repeat("nofinal.txt", 51) }));

    [Fact]
    public void LargeFile_IsReadByLine()
    {
        using var bench = new ToolBench { MaxFileBytes = 64 << 10 };
        bench.Write("big.log", string.Concat(Enumerable.Range(1, 40_000).Select(line => $"line {line}\n")));
        Assert.Equal(["39999\tline 39999", "40000\tline 40000"], bench.Lines("read", new { targets = "big.log:39999-40001" })[2..]);
        var first = bench.Json("read", new { targets = "big.log" }, unlimited: false).List("slices").Single();
        Assert.Matches("^big.log:[0-9]+-40000$", first.Str("rest"));
    }
}
