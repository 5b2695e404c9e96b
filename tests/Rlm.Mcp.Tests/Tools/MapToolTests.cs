namespace Rlm.Mcp.Tests.Tools;

public sealed class MapToolTests : IDisposable
{
    private readonly ToolBench _bench = SampleRepository.Create();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Tree_CountsFilesLinesAndTokens()
    {
        var lines = _bench.Lines("map", new { path = "src" });
        Assert.Matches(@"^map src · 5 files, [0-9.]+ KB, 56 lines, ~[0-9]+ tokens · shown 2 of 3 folders|^map src · 5 files, [0-9.]+ KB, 56 lines, ~[0-9]+ tokens · shown 3 of 3 folders · complete · snapshot [0-9a-f]{8}$", lines[0]);
        Assert.StartsWith("src/ 5 files · 56 lines · ", lines[1]);
        Assert.Matches(@"^  Deep/Er/ 1 file · 1 line · ~[0-9]+ tokens · csharp 100% · Leaf$", lines[2]);
        Assert.Equal("    Leaf.cs 1 line", lines[3]);
        Assert.Contains("  Shapes.cs 46 lines · Shape, Color, Handler", lines);
    }

    [Fact]
    public void Tree_ListsSecretsByNameAndCountsWhatWasSkipped()
    {
        var lines = _bench.Lines("map", new { });
        Assert.Contains("secret, by name only: .env, keys/id_rsa", lines);
        Assert.Contains(lines, line => line.StartsWith("skipped: 1 ignored, 1 binary, 2 secret", StringComparison.Ordinal));
        Assert.Equal([".env", "keys/id_rsa"], _bench.Json("map", new { })["secrets"]!.AsArray().Select(name => (string?)name));
        Assert.DoesNotContain("ignored", _bench.Json("map", new { }).List("entries").Select(entry => entry.Str("path")));
    }

    [Fact]
    public void JsonEntries_AddUp()
    {
        var entries = _bench.Json("map", new { }).List("entries").ToDictionary(entry => entry.Str("path")!);
        foreach (var (path, folder) in entries.Where(entry => entry.Value.Str("kind") == "dir"))
        {
            var files = entries.Values.Where(entry => entry.Str("kind") == "file" && (path == "" || entry.Str("path")!.StartsWith(path + "/", StringComparison.Ordinal))).ToArray();
            Assert.Equal((files.Length, files.Sum(file => file.Int("bytes")), files.Sum(file => file.Int("lines"))), (folder.Int("files"), folder.Int("bytes"), folder.Int("lines")));
        }
        Assert.Equal(new FileInfo(_bench.At("src/Shapes.cs")).Length, entries["src/Shapes.cs"].Int("bytes"));
        Assert.Equal((0, 0), (entries["empty.txt"].Int("lines"), entries["empty.txt"].Int("tokens")));
        Assert.Equal((2, "csharp"), (entries["nofinal.txt"].Int("lines"), entries["src/Top.cs"].Str("language")));
        Assert.Equal(entries.Keys.Order(StringComparer.Ordinal), entries.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Depth_SumsWhatIsBelow()
    {
        Assert.Equal(["", "src"], _bench.Json("map", new { depth = 1, @in = "src" }).List("entries").Select(entry => entry.Str("path")));
        Assert.DoesNotContain(_bench.Lines("map", new { depth = 1 }), line => line.Contains("Shapes.cs", StringComparison.Ordinal));
        Assert.Contains("step: folded", _bench.Lines("map", new { path = "src", depth = 1 }));
    }

    [Fact]
    public void ChainOfFolders_TakesOneLine()
    {
        _bench.Write("one/two/three/f.txt", "x\n").Write("one/two/three/four/g.txt", "y\n");
        Assert.Contains(_bench.Lines("map", new { }), line => line.StartsWith("  one/two/three/ 2 files · 2 lines", StringComparison.Ordinal));
        Assert.Contains("shown 4 of 4 folders", _bench.Lines("map", new { path = "one" })[0]);
    }

    [Fact]
    public void Outline_HasEverySymbolOnALine()
    {
        var lines = _bench.Lines("map", new { path = "src/Shapes.cs", view = "outline" });
        Assert.Matches("^map outline src/Shapes.cs · shown 1 of 1 files · complete · snapshot [0-9a-f]{8}$", lines[0]);
        Assert.Equal("src/Shapes.cs · 46 lines · roslyn", lines[1]);
        foreach (var line in (IEnumerable<string>)["   6-43 public abstract partial class Shape<T> : IShape, IDisposable where T : class — A shape.", "     8-8 int a", "     8-8 int b", "     11-11 public Shape() — Makes it.", "     13-13 ~Shape()", "     18-18 void IShape.Draw()",
            "     33-34 public string Name { get; set; }", "     37-37 public void OnlyDebug() [conditional]", "         40-40 Green = 5", "   45-45 public interface IShape"])
            Assert.Contains(line, lines);
        Assert.DoesNotContain(lines, line => line.Contains("Twice", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Shape.Scale(double)", "21-25 public void Scale(double factor)|  23-23 int Twice(int x)")]
    [InlineData("src/Shapes.cs#Geo.Shape`1.Nested", "40-40 public class Nested|  40-40 public enum Color|    40-40 Red|    40-40 Green = 5")]
    [InlineData("src/Shapes.cs:45", "45-45 void Draw()")]
    public void Outline_OfASymbol(string path, string expected) =>
        Assert.Equal(expected, string.Join('|', _bench.Lines("map", new { path })[2..].Select(line => line[1..])));

    [Fact]
    public void Outline_DegradesByStepsAndSaysSo()
    {
        for (var file = 0; file < 12; file++)
            _bench.Write($"many/F{file:00}.cs", string.Concat(Enumerable.Range(0, 12).Select(n => $"/// <summary>Text about the type of number {n} in file {file}, which is long.</summary>\npublic class C{file}x{n} {{ public void Method(int first, string second) {{ }} }}\n")));
        var steps = Enumerable.Range(1, 100).Select(n => 20_200 - n * 200).Select(budget => StepOf(_bench.Lines("map", new { path = "many", view = "outline", budget })[0])).Distinct();
        Assert.Equal(["", "signatures", "names", "counts"], steps);
        Assert.Contains(_bench.Lines("map", new { path = "many", view = "outline", budget = 400 }), line => line.StartsWith("next: map(path: \"many/F", StringComparison.Ordinal));
    }

    private static string StepOf(string header) => header.Contains("step: ", StringComparison.Ordinal) ? header.Split("step: ")[1].Split(' ')[0] : "";

    [Fact]
    public void OutlineOfOneBigFile_IsPaged()
    {
        _bench.Write("big.cs", "class Big\n{\n" + string.Concat(Enumerable.Range(0, 300).Select(n => $"    void Method{n:000}() {{ }}\n")) + "}\n");
        var pages = Paging.TextPages(_bench, "map", new() { ["path"] = "big.cs", ["view"] = "outline", ["budget"] = 500 });
        Assert.True(pages.Count > 3);
        Assert.Equal(301, pages.SelectMany(page => page).Count(line => (line.Contains("method Method", StringComparison.Ordinal) || line.Contains("class Big", StringComparison.Ordinal)) && !line.EndsWith('…')));
        Assert.All(pages[1..], page => Assert.Equal((true, " 1-303 class Big …"), (page[1].EndsWith("· continued", StringComparison.Ordinal), page[2])));
    }

    [Fact]
    public void JsonSymbol_HasTheFieldsOfTheContract()
    {
        var symbols = _bench.Json("map", new { path = "src/Shapes.cs", view = "outline" }).AllSymbols().ToDictionary(symbol => symbol.Str("path")!.Split('#')[1]);
        var scale = symbols["Geo.Shape`1.Scale(double)"];
        Assert.Equal(("Scale", "method", "public void Scale(double factor)", 21, 25, 21, ""), (scale.Str("name"), scale.Str("kind"), scale.Str("signature"), scale.Int("start"), scale.Int("end"), scale.Int("nameLine"), scale.Str("doc")));
        Assert.Equal((33, 34, 34), (symbols["Geo.Shape`1.Name"].Int("start"), symbols["Geo.Shape`1.Name"].Int("end"), symbols["Geo.Shape`1.Name"].Int("nameLine")));
        Assert.True(symbols["Geo.Shape`1.OnlyDebug"].Bool("conditional"));
        var kinds = symbols.Values.Select(symbol => symbol.Str("kind")).ToHashSet();
        Assert.Superset(new HashSet<string?> { "namespace", "class", "interface", "field", "constructor", "destructor", "indexer", "method", "operator", "conversion", "event", "property", "enum", "enum_member", "delegate", "record" }, kinds);
        Assert.Equal("top_level", _bench.Json("map", new { path = "src/Top.cs", view = "outline" }).AllSymbols().Single().Str("kind"));
    }

    [Fact]
    public void Sets_AreKeptFromTreesAndOutlines()
    {
        Assert.Contains("kept: @code, 5 items", _bench.Lines("map", new { path = "src", @as = "code" }));
        Assert.Equal(5, _bench.Json("map", new { path = "@code" }).List("entries").First().Int("files"));
        _bench.Text("map", new { path = "src/Shapes.cs", view = "outline", @as = "members" });
        Assert.Contains(_bench.Json("read", new { targets = "@members" }).List("slices"), slice => slice.Str("symbol") == "src/Shapes.cs#Geo.Shape`1.Scale(double)");
    }

    [Fact]
    public void PathAndIn_NarrowEachOther()
    {
        Assert.Equal(5, _bench.Json("map", new { path = "src", @in = "lang:csharp" }).List("entries").First().Int("files"));
        Assert.Equal(1, _bench.Json("map", new { path = ".", @in = "a b - c.txt" }).List("entries").First().Int("files"));
        Assert.Equal(0, _bench.Json("map", new { path = "src", @in = "a b - c.txt" }).List("entries").First().Int("files"));
        Assert.Contains("nothing here is covered", _bench.Text("map", new { path = "ignored" }));
        Assert.StartsWith("unknown_symbol: asked Leaf, which is declared, but not in docs", _bench.Error("map", new { path = "Leaf", @in = "docs" }));
    }

    [Theory]
    [InlineData("""{"view":"list"}""", "bad_argument: view \"list\" is not one of tree, outline, projects.")]
    [InlineData("""{"depth":0}""", "bad_argument: depth 0 is out of range; it may be 1 to 50")]
    [InlineData("""{"path":"nosuch/folder"}""", "unknown_path: ")]
    [InlineData("""{"path":"NoSuchName"}""", "unknown_symbol: ")]
    [InlineData("""{"path":"@none"}""", "unknown_set: ")]
    [InlineData("""{"path":".env"}""", "secret_file: ")]
    [InlineData("""{"path":"../.."}""", "outside_root: ")]
    [InlineData("""{"path":".git"}""", "unknown_path: ")]
    [InlineData("""{"path":"Leaf","view":"tree"}""", "bad_argument: view tree was asked of Leaf")]
    [InlineData("""{"path":7}""", "bad_argument: path must be a text, not 7")]
    public void Mistake_IsToldInOneLine(string arguments, string expected) => Assert.StartsWith(expected, _bench.Error("map", arguments));

    [Fact]
    public void NameOfAView_InThePlaceOfAPath_IsTakenForWhatItIs() =>
        Assert.Contains("If projects was meant as view: view: \"projects\" (on the command line --view projects).", _bench.Error("map", new { path = "projects" }));
}
