using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Scopes;
using Rlm.Context.Search.Ranking;

namespace Rlm.Context.Tests.Search.Ranking;

public sealed class RankedSearchTests : IDisposable
{
    private const string Pump = """
        namespace Water;

        /// <summary>Moves water uphill.</summary>
        class Pump
        {
            int _pressure;

            /// <summary>Raises the pressure step by step until the valve opens.</summary>
            public void Start(int target)
            {
                while (_pressure < target) _pressure++;
            }

            public void Stop()
            {
                _pressure = 0;
            }

            public bool IsValveOpen()
            {
                return _pressure > 10;
            }

            public int PressureOf(Pump other)
            {
                return other._pressure;
            }
        }
        """;

    private readonly TempFolder _folder = new TempFolder().Write("src/Pump.cs", Pump).Write("src/Tank.cs", "class Tank\n{\n    int Level()\n    {\n        return 3; // no pressure here\n    }\n}\n")
        .Write("README.md", "# Water\nA plant.\n## Valves\nA valve opens under pressure.\n").Write("data/list.txt", "pressure\n");

    private readonly ContextStore _store;

    public RankedSearchTests() => _store = new ContextStore(new ContextOptions { Root = _folder.FullPath });

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("how is the pressure raised until the valve opens?", "src/Pump.cs#Water.Pump.Start")]
    [InlineData("PressureOf", "src/Pump.cs#Water.Pump.PressureOf")]
    [InlineData("is valve open", "src/Pump.cs#Water.Pump.IsValveOpen")]
    [InlineData("moving water uphill", "src/Pump.cs#Water.Pump")]
    [InlineData("tank level", "src/Tank.cs#Tank.Level")]
    [InlineData("valves under pressure", "README.md#Water.Valves")]
    public void Question_FindsTheUnit(string question, string expected)
    {
        Assert.Equal(expected, Names(Ask(question, Indexed()))[0]);
        Assert.Equal(expected, Names(Ask(question, view: null))[0]);
    }

    [Fact]
    public void WordFarDownInALongType_IsFound()
    {
        _folder.Write("api/Long.cs", $"class Long\n{{\n{string.Concat(Enumerable.Range(0, 5_000).Select(i => $"    void M{i}() {{ }}\n"))}    void Frobnicate() {{ }}\n}}\n");
        foreach (var view in new[] { Indexed(), null }) Assert.Equal(5_003, Assert.Single(Ask("frobnicate", view).Regions).Lines.Max(line => line.Line));
    }

    [Fact]
    public void FilesOfVeryManySymbols_BeyondTheBestFew_AreCounted()
    {
        for (var file = 0; file < 6; file++)
            _folder.Write($"api/Api{file}.cs", $"class Api{file}\n{{\n    void Frobnicate() {{ }}\n{string.Concat(Enumerable.Range(0, 10_000).Select(i => $"    void M{(uint)(i + (file * 10_000)) * 2_654_435_761u:x}() {{ }}\n"))}}}\n");
        var found = Ask("frobnicate", Indexed());
        Assert.Equal((4, 2), (found.Regions.Count, found.PassedOver));
        Assert.Equal((6, 0), (Ask("frobnicate", view: null).Regions.Count, Ask("frobnicate", view: null).PassedOver));
    }

    [Fact]
    public void WithTheIndex_NothingIsScanned()
    {
        var found = Ask("pressure", Indexed());
        Assert.Equal((4, 0, 0, 0, false), (found.FilesIndexed, found.FilesScanned, found.FilesLarge, found.FilesUnread, found.IsProvisional));
        var scanned = Ask("pressure", view: null);
        Assert.Equal((0, 4, true), (scanned.FilesIndexed, scanned.FilesScanned, scanned.IsProvisional));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void QuotedLines_StandInTheHandlesText(bool isIndexed)
    {
        var found = Ask("pressure of the valve", isIndexed ? Indexed() : null);
        Assert.NotEmpty(found.Regions);
        foreach (var region in found.Regions)
        {
            var text = _store.Open(region.Path, default);
            Assert.Equal(Rlm.Context.Slices.Handle.Of(region.Path, region.Handle.Range, text.Lines(region.Handle.Range)), region.Handle);
            Assert.NotEmpty(region.Lines);
            foreach (var line in region.Lines)
            {
                Assert.True(region.Handle.Range.Contains(line.Line));
                Assert.Equal(text.LinePart(line.Line, new(1, 10_000)).Text, line.Text);
            }
        }
    }

    [Fact]
    public void FileOutsideTheIndex_IsFoundToo()
    {
        var view = Indexed(file => file.Path.Name != "Tank.cs");
        var found = Ask("level of the tank", view);
        Assert.Equal("src/Tank.cs#Tank.Level", Names(found)[0]);
        Assert.Equal((3, 1, true), (found.FilesIndexed, found.FilesScanned, found.IsProvisional));
        Assert.DoesNotContain("level", found.Missing);
    }

    [Fact]
    public void MostFilesOutsideTheIndex_WordsOfTheIndexCount()
    {
        var found = Ask("level of the tank", Indexed(file => file.Path.Name == "Tank.cs"));
        Assert.Equal("src/Tank.cs#Tank.Level", Names(found)[0]);
        Assert.Empty(found.Missing);
    }

    [Fact]
    public void FileChangedSinceTheSnapshot_IsRankedAsItIsNow()
    {
        var view = Indexed();
        _folder.Write("src/Pump.cs", "// moved down\n\n" + Pump.Replace("_pressure = 0", "_pressure = 0; // silence", StringComparison.Ordinal));
        var found = Ask("stop the pump pressure", view);
        var region = found.Regions.First(region => region.Symbol?.Name == "Stop");
        Assert.Contains(region.Lines, line => line.Text.Contains("silence", StringComparison.Ordinal));
        Assert.Equal((3, 1), (found.FilesIndexed, found.FilesScanned));
    }

    [Fact]
    public void FileGoneSinceTheSnapshot_IsCounted()
    {
        var view = Indexed();
        File.Delete(_folder.At("src/Pump.cs"));
        var found = Ask("pressure", view);
        Assert.DoesNotContain(found.Regions, region => region.Path.Name == "Pump.cs");
        Assert.Equal((3, 1), (found.FilesIndexed, found.FilesUnread));
    }

    [Fact]
    public void SameText_IsOneRegion()
    {
        _folder.Write("zcopy/Pump.cs", Pump).Write("zcopy/Again.cs", Pump);
        var found = Ask("raises the pressure until the valve opens", Indexed());
        Assert.Equal(("src/Pump.cs", 2), (found.Regions[0].Path.Value, found.Regions[0].AlsoIn));
        Assert.DoesNotContain(found.Regions, region => region.Path.Value.StartsWith("zcopy", StringComparison.Ordinal));
        Assert.Equal(("zcopy/Again.cs", 1), Ask("raises the pressure until the valve opens", Indexed(), "zcopy").Regions.Select(region => (region.Path.Value, region.AlsoIn)).First());
    }

    [Fact]
    public void OneFile_GivesThreeRegionsAtMost() => Assert.Equal(3, Ask("pump pressure valve start stop", Indexed()).Regions.Count(region => region.Path.Name == "Pump.cs"));

    [Theory]
    [InlineData("src/Tank.cs", "src/Tank.cs")]
    [InlineData("*.md | data", "README.md data/list.txt")]
    public void Scope_IsKept(string scope, string expected)
    {
        foreach (var view in new[] { Indexed(), null })
            Assert.Equal(expected, string.Join(' ', Ask("pressure", view, scope).Regions.Select(region => region.Path.Value).Distinct().Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Tests_ComeLaterUnlessAskedFor()
    {
        const string text = "class X\n{\n    void Overflow()\n    {\n        spill();\n    }\n}\n";
        _folder.Write("app.Tests/A.cs", text).Write("src/B.cs", text + "\n");
        Assert.Equal("src/B.cs", Ask("spill overflow", Indexed()).Regions[0].Path.Value);
        Assert.Equal("app.Tests/A.cs", Ask("test of spill overflow", Indexed()).Regions[0].Path.Value);
    }

    [Fact]
    public void QuotedMessage_LeadsToTheCodeThatUsesIt()
    {
        _folder.Write("src/PlantStrings.cs", "class PlantStrings\n{\n    /// <summary>The basin has run dry and cannot be emptied.</summary>\n    public static string BasinDry\n        => Get();\n}\n")
            .Write("src/Basin.cs", "class Basin\n{\n    void Drain()\n    {\n        if (x) throw new E(PlantStrings.BasinDry);\n    }\n}\n");
        Assert.Contains("src/Basin.cs#Basin.Drain", Names(Ask("has run dry and cannot be emptied", Indexed())));
    }

    [Fact]
    public void WordsThatOccurNowhere_AreNamed()
    {
        foreach (var view in new[] { Indexed(), null })
        {
            var found = Ask("pressure of the zeppelin", view);
            Assert.Equal(["pressure", "zeppelin"], found.Terms);
            Assert.Equal(["zeppelin"], found.Missing);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("how does it work?")]
    [InlineData("zzz qqq")]
    public void NothingToFind_IsNoFault(string question) => Assert.Empty(Ask(question, Indexed()).Regions);

    [Fact]
    public void DamagedOutline_IsTold()
    {
        var snapshot = _store.Current(null, default);
        var view = IndexView.Of(new MemoryIndex(_store, snapshot) { IsDamaged = _ => true }, snapshot);
        Assert.Throws<IndexDamagedException>(() => Ask("pressure", view));
    }

    private IndexView Indexed(Func<FileEntry, bool>? passes = null)
    {
        var snapshot = _store.Current(null, default);
        return IndexView.Of(new MemoryIndex(_store, snapshot, passes), snapshot);
    }

    private EvidenceResult Ask(string question, IndexView? view, string? scope = null) =>
        new RankedRun(_store, view, _store.Scopes.Resolve(scope, view?.Snapshot ?? _store.Current(null, default), default), 20, null, default).Run(question);

    private static string[] Names(EvidenceResult found) => [.. found.Regions.Select(region => $"{region.Path.Value}#{region.Symbol?.Path}")];
}
