using System.Text.Json.Nodes;

namespace Rlm.Mcp.Tests.Tools;

public sealed class RefsToolTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public RefsToolTests() => _bench
        .Write("src/Pump.cs", """
            namespace Ns;
            /// <summary>Starts. See <see cref="Pump.Start"/>.</summary>
            public class Pump : Machine, IPump
            {
                public int Speed { get; set; }
                public override void Start() { Speed = 1; Check(); }
                void Check() { Log.Write("Start"); }
            }
            public interface IPump { void Start(); }
            public abstract class Machine { public abstract void Start(); }
            """)
        .Write("src/User.cs", """
            namespace Ns;
            public class User
            {
                // Start here
                public void Go(Pump pump) { pump.Start(); pump.Speed++; }
                public void Twice() { Go(new Pump()); Go(null); }
                public void Deep() => Twice();
            }
            public class SuperPump : Pump { public override void Start() { base.Start(); } }
            """)
        .Write("tests/PumpTests.cs", """
            public class PumpTests
            {
                [Fact]
                public void Starts_Once() { new Pump().Start(); }
                [Fact]
                public void Goes_Far() { new User().Go(null); }
                void Helper() { new Pump().Start(); }
            }
            """)
        .Write("web/app.ts", "import { Start } from './p';\nexport function boot() { Start(`${Start()}`); }\n// Start\n")
        .Write("app.xaml", "<Button Click=\"Start\" />\n")
        .Write("README.md", "Start it.\n");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void References_AreCountedByCertaintyAndKind()
    {
        var answer = _bench.Json("refs", new { deadline = 60, symbols = "Pump.Start" });
        Assert.Equal("src/Pump.cs#Ns.Pump.Start", answer.List("symbols").Single().Str("path"));
        Assert.Equal("app.xaml:1 unknown text, src/Pump.cs:2 cref exact, src/Pump.cs:6 override exact, src/Pump.cs:9 declaration exact, src/Pump.cs:10 declaration exact, src/User.cs:5 invoke exact, "
            + "src/User.cs:9 override exact, src/User.cs:9 invoke exact, tests/PumpTests.cs:4 invoke syntax, tests/PumpTests.cs:7 invoke syntax, web/app.ts:1 import syntax, web/app.ts:2 invoke syntax, web/app.ts:2 invoke syntax", Sites(answer));
        Assert.Equal("""{"exact":7,"candidate":0,"syntax":5,"text":1}""", answer["counts"]!.ToJsonString());
        Assert.Equal((13, 13, true, 4), (answer.Int("total"), answer.Int("shown"), answer.Bool("complete"), answer.Int("mentions")));
        Assert.Equal("src/User.cs#Ns.User.Go", answer.List("sites").First(site => site.Int("line") == 5).Str("enclosing"));
    }

    [Fact]
    public void Text_HasCountsFirstAndLinesSafeToEdit()
    {
        var lines = _bench.Lines("refs", new { deadline = 60, symbols = "Ns.Pump.Start" });
        Assert.Matches(@"^refs references of Ns\.Pump\.Start · shown 13 of 13 sites in 5 files · complete · snapshot [0-9a-f]{8}$", lines[0]);
        Assert.StartsWith("counts: exact 7, candidate 0, syntax 5, text 1 · invoke 6, ", lines[1]);
        Assert.Equal("symbol: src/Pump.cs#Ns.Pump.Start [method 6-6]", lines[2]);
        Assert.Contains(" in Ns.User.Go [method 5-5] · invoke · exact", lines);
        Assert.Contains("5\t    public void Go(Pump pump) { pump.Start(); pump.Speed++; }", lines);
        Assert.Contains(lines, line => line.StartsWith("mentions: 4 lines in comments, strings or prose, not listed; search(pattern: \"Start\", mode: \"word\")", StringComparison.Ordinal));
    }

    [Fact]
    public void Namesakes_AreSaidAndCounted()
    {
        _bench.Index();
        Assert.Contains("namesakes: 4 declarations are called Start; by syntax their uses cannot be told apart, so all that are not exact are listed", _bench.Lines("refs", new { deadline = 60, symbols = "IPump.Start" }));
    }

    [Theory]
    [InlineData("Pump", "constructs", "src/User.cs:6 construct, tests/PumpTests.cs:4 construct, tests/PumpTests.cs:7 construct")]
    [InlineData("Pump", "derived", "src/User.cs:9 base")]
    [InlineData("Machine", "derived", "src/Pump.cs:3 base")]
    [InlineData("IPump", "implementations", "src/Pump.cs:3 base")]
    [InlineData("IPump.Start", "implementations", "src/Pump.cs:6 override, src/User.cs:9 override")]
    [InlineData("Machine.Start", "overrides", "src/Pump.cs:6 override, src/User.cs:9 override")]
    [InlineData("Pump", "base", "src/Pump.cs:3 base, src/Pump.cs:3 base")]
    [InlineData("SuperPump.Start", "base", "src/Pump.cs:6 override, src/Pump.cs:9 declaration, src/Pump.cs:10 declaration")]
    [InlineData("Pump.Speed", "writes", "src/Pump.cs:6 write, src/User.cs:5 write")]
    [InlineData("Pump.Speed", "reads", "src/User.cs:5 write")]
    [InlineData("User.Go", "callers", "src/User.cs:6 invoke, src/User.cs:6 invoke, tests/PumpTests.cs:6 invoke")]
    [InlineData("User.Go", "tests", "tests/PumpTests.cs:6 invoke")]
    [InlineData("Pump.Start", "callees", "src/Pump.cs:6 invoke")]
    public void Relations_ChooseTheirSites(string symbol, string relation, string expected) =>
        Assert.Equal(expected, string.Join(", ", _bench.Json("refs", new { deadline = 60, symbols = symbol, relation }).List("sites").Select(site => $"{site.Str("path")}:{site.Int("line")} {site.Str("kind")}")));

    [Fact]
    public void Depth_GoesOnThroughCallersAndEndsInCircles()
    {
        var sites = _bench.Json("refs", new { deadline = 60, symbols = "User.Go", relation = "callers", depth = 6 }).List("sites").ToArray();
        Assert.Equal(["1 User.cs:6", "1 User.cs:6", "1 PumpTests.cs:6", "2 User.cs:7"], sites.Select(site => $"{site.Int("depth")} {Path.GetFileName(site.Str("path"))}:{site.Int("line")}"));
        _bench.Write("a.cs", "class A { void One() { Two(); } void Two() { One(); } }");
        Assert.Equal(2, _bench.Json("refs", new { deadline = 60, symbols = "A.One", relation = "callers", depth = 6 }).Int("total"));
        Assert.Equal(2, _bench.Json("refs", new { deadline = 60, symbols = "A.One", relation = "callees", depth = 6 }).Int("total"));
        Assert.Equal(["src/User.cs:9 1"], _bench.Json("refs", new { deadline = 60, symbols = "Pump", relation = "derived", depth = 6 }).List("sites").Select(site => $"{site.Str("path")}:{site.Int("line")} {site.Int("depth")}"));
        Assert.Equal(["src/Pump.cs:3 1", "src/User.cs:9 2"], _bench.Json("refs", new { deadline = 60, symbols = "Machine", relation = "derived", depth = 6 }).List("sites").Select(site => $"{site.Str("path")}:{site.Int("line")} {site.Int("depth")}"));
    }

    [Fact]
    public void Callees_NameWhatTheyMayMean()
    {
        var check = _bench.Json("refs", new { deadline = 60, symbols = "Pump.Start", relation = "callees" }).List("sites").Single();
        Assert.Equal(("exact", 1, "src/Pump.cs#Ns.Pump.Check"), (check.Str("certainty"), check.Int("targetCount"), (string?)check["targets"]![0]));
        var start = _bench.Json("refs", new { deadline = 60, symbols = "User.Go", relation = "callees" }).List("sites").Single();
        Assert.Equal(("exact", 1), (start.Str("certainty"), start.Int("targetCount")));
        Assert.Equal(0, _bench.Json("refs", new { deadline = 60, symbols = "Pump.Check", relation = "callees" }).List("sites").Single().Int("targetCount"));
    }

    [Fact]
    public void AttributeClass_IsFoundByItsShortName()
    {
        _bench.Write("attr.cs", "class MineAttribute : Attribute { }\n[Mine] class A { int Mine; }\n[MineAttribute] class B { }\n");
        Assert.Equal("attr.cs:1 declaration exact, attr.cs:2 attribute candidate, attr.cs:3 attribute candidate", Sites(_bench.Json("refs", new { deadline = 60, symbols = "MineAttribute" })));
    }

    [Fact]
    public void Scope_LimitsSitesAndNotDeclarations()
    {
        Assert.Equal(["web/app.ts"], _bench.Json("refs", new { deadline = 60, symbols = "Pump.Start", @in = "web" }).List("sites").Select(site => site.Str("path")).Distinct());
        Assert.Equal(["src/User.cs#Ns.User.Go"], _bench.Json("refs", new { deadline = 60, symbols = "User.Go", @in = "web" }).List("symbols").Select(symbol => symbol.Str("path")));
    }

    [Fact]
    public void As_KeepsSitesAsASet()
    {
        Assert.Contains("kept: @uses, 6 items", _bench.Text("refs", new { deadline = 60, symbols = "Pump.Start", relation = "callers", @as = "uses" }), StringComparison.Ordinal);
        Assert.Equal(2, _bench.Json("refs", new { deadline = 60, symbols = "Pump.Start", @in = "@uses & web" }).Int("total"));
    }

    [Fact]
    public void NameDeclaredNowhere_HasItsUses()
    {
        var answer = _bench.Json("refs", new { deadline = 60, symbols = "Log.Write" });
        Assert.Equal((1, "invoke"), (answer.Int("total"), answer.List("sites").Single().Str("kind")));
        Assert.Null(answer.List("symbols").Single().Str("path"));
        Assert.Contains("symbol: Log.Write is declared nowhere here; uses are of the name Write", _bench.Lines("refs", new { deadline = 60, symbols = "Log.Write" }));
    }

    [Fact]
    public void NameThatOnlyOthersDeclare_SaysThatTheyDo() =>
        Assert.Contains(_bench.Lines("refs", new { deadline = 60, symbols = "Nope.Start" }), line => line.StartsWith("symbol: Nope.Start is declared nowhere here (", StringComparison.Ordinal) && line.EndsWith("called Start: search(pattern: \"Start\", mode: \"symbol\")); uses are of the name Start", StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"symbols":"NoSuchName"}""", "unknown_symbol: asked NoSuchName")]
    [InlineData("""{"symbols":"src/Pump.cs"}""", "bad_argument: asked src/Pump.cs, which is a file, not a symbol")]
    [InlineData("""{"symbols":"src/Pump.cs#None"}""", "unknown_symbol: ")]
    [InlineData("""{"symbols":[]}""", "bad_argument: symbols is missing")]
    [InlineData("""{"symbols":"Pump","depth":7}""", "bad_argument: depth 7 is out of range; it may be 1 to 6")]
    [InlineData("""{"symbols":"Pump","deadline":61}""", "bad_argument: deadline 61 is out of range; it may be 0 to 60")]
    [InlineData("""{"symbols":"Pump","relation":"friends"}""", "bad_argument: relation \"friends\" is not one of references, callers")]
    [InlineData("""{"symbols":"Pump","in":"nosuch"}""", "unknown_path: ")]
    public void Mistakes_AreTold(string arguments, string expected) => Assert.StartsWith(expected, _bench.Error("refs", arguments));

    [Fact]
    public void SymbolsByLineAndHandle_AreTheSameSymbol()
    {
        var handle = _bench.Json("refs", new { deadline = 60, symbols = "User.Go" }).List("symbols").Single().Str("handle");
        foreach (var asked in (string[])["src/User.cs:5", handle!, "src/User.cs#Ns.User.Go"])
            Assert.Equal("src/User.cs#Ns.User.Go", _bench.Json("refs", new { deadline = 60, symbols = asked }).List("symbols").Single().Str("path"));
    }

    [Fact]
    public void PassedDeadline_CountsWhatWasNotRead()
    {
        var bench = new ToolBench { Time = new SlowTime() };
        using (bench)
        {
            for (var file = 0; file < 60; file++) bench.Write($"f{file:00}.cs", $"class C{file} {{ void M() {{ Go(); Go(); }} }}\n");
            bench.Write("go.cs", "class G { void Go() { } }\n");
            var answer = bench.Json("refs", new { symbols = "G.Go", deadline = 3 });
            Assert.Equal((false, "deadline"), (answer.Bool("complete"), answer.Str("reason")));
            Assert.True((int?)answer["filesUnread"] > 0 || (int?)answer["filesUnseen"] > 0, answer.ToJsonString());
            Assert.Equal(answer.Int("total"), answer.List("sites").Count());
            Assert.All(answer.List("sites"), site => Assert.Equal(site.Str("kind") == "unknown" ? "text" : "syntax", site.Str("certainty")));
            var text = bench.Call("refs", new { symbols = "G.Go", deadline = 0 });
            Assert.Contains("partial: deadline", text.Text.Split('\n')[0], StringComparison.Ordinal);
            Assert.True(text.IsPartial);
        }
    }

    [Fact]
    public void Pages_JoinToTheWhole()
    {
        _bench.Write("many.cs", "class M {\n" + string.Concat(Enumerable.Range(0, 300).Select(n => $"  void M{n}() {{ x.Start(); }}\n")) + "}\n");
        var pages = Paging.TextPages(_bench, "refs", new() { ["symbols"] = "Pump.Start", ["budget"] = 600 });
        Assert.True(pages.Count > 5);
        Assert.Equal(300, pages.SelectMany(page => page).Count(line => line.Contains("x.Start();", StringComparison.Ordinal)));
        var whole = _bench.Json("refs", new { deadline = 60, symbols = "Pump.Start" });
        var joined = new List<JsonObject>();
        for (var page = _bench.Json("refs", new { deadline = 60, symbols = "Pump.Start", budget = 700 }, unlimited: false); ; page = _bench.Json("refs", new { deadline = 60, cursor = page.Str("cursor"), budget = 700 }, unlimited: false))
        {
            joined.AddRange(page.List("sites"));
            if (page.Str("cursor") is null) break;
        }
        Assert.Equal(whole.List("sites").Select(site => site.ToJsonString()), joined.Select(site => site.ToJsonString()));
    }

    [Fact]
    public void LargeFile_IsListedByItsLines()
    {
        using var bench = new ToolBench { MaxFileBytes = 4_000 };
        bench.Write("go.cs", "class G { void Go() { } }\n").Write("big.cs", string.Concat(Enumerable.Repeat("// filler filler filler\n", 300)) + "class B { void M() { Go(); } }\n");
        var answer = bench.Json("refs", new { symbols = "G.Go" });
        Assert.Equal("go.cs:1 declaration exact, big.cs:301 unknown text", Sites(answer));
        Assert.True(answer.Bool("complete"));
    }

    [Fact]
    public void SameWithAndWithoutIndex()
    {
        var without = _bench.Json("refs", new { deadline = 60, symbols = "Pump.Start" }).List("sites").Select(site => site.ToJsonString()).ToArray();
        _bench.Index().Restart();
        Assert.Equal(without, _bench.Json("refs", new { deadline = 60, symbols = "Pump.Start" }).List("sites").Select(site => site.ToJsonString()));
    }

    [Fact]
    public void LanguageWithoutCase_IsSaid()
    {
        _bench.Write("a.php", "<?php\nfunction launch() { return launch(); }\n");
        var answer = _bench.Json("refs", new { deadline = 60, symbols = "launch" });
        Assert.Contains("php does not tell case apart; names are looked for in the case of their declaration", answer["notes"]!.AsArray().Select(note => (string?)note));
        Assert.Equal("a.php:2 declaration syntax, a.php:2 invoke syntax", Sites(answer));
    }

    private static string Sites(JsonObject answer) => string.Join(", ", answer.List("sites").Select(site => $"{site.Str("path")}:{site.Int("line")} {site.Str("kind")} {site.Str("certainty")}"));
}
