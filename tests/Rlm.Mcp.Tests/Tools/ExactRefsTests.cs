using System.Text.Json.Nodes;

namespace Rlm.Mcp.Tests.Tools;

/// <summary>A small solution of which every relation is known, written by hand and checked both ways: all sites that are, and none that are not.</summary>
public sealed class ExactRefsTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public ExactRefsTests() => _bench
        .Write("Directory.Build.props", "<Project><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>")
        .Write("core/Core.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><InternalsVisibleTo Include="App" /></ItemGroup></Project>""")
        .Write("core/Shape.cs", """
            namespace Core;
            public interface IShape { double Area(); int Sides { get; } }
            public abstract class Shape : IShape
            {
                public abstract double Area();
                public virtual int Sides => 0;
                public static Shape operator +(Shape left, Shape right) => left;
                public int this[int at] => at;
                internal void Hidden() { }
            }
            public sealed class Square(double side) : Shape
            {
                public override double Area() => side * side;
                public override int Sides => 4;
            }
            public static class Extensions { public static double Twice(this IShape shape) => shape.Area() * 2; }
            public struct Bag
            {
                public Counter GetEnumerator() => new();
                public void Deconstruct(out int one, out int two) => (one, two) = (1, 2);
                public void Dispose() { }
            }
            public struct Counter { public int Current => 1; public bool MoveNext() => false; }
            """)
        .Write("app/App.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><ProjectReference Include="..\core\Core.csproj" /><Compile Include="../shared/**/*.cs" /></ItemGroup></Project>""")
        .Write("app/Use.cs", """
            using Core;
            using Figure = Core.Square;
            class Use
            {
                double All(IShape any, Square square, Bag bag)
                {
                    var sum = any.Area() + square.Area() + square.Twice() + any.Sides;
                    foreach (var one in bag) sum += one;
                    var (a, b) = bag;
                    Shape made = new Square(1), other = new Figure(2);
                    Square third = new(3);
                    square.Hidden();
                    return sum + (made + other)[0] + nameof(Square.Area).Length;
                }
                double Area() => Shared.Area();
            }
            """)
        .Write("shared/Shared.cs", "static class Shared { public static double Area() => 1; }")
        .Write("other/Other.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><Compile Include="../shared/Shared.cs" /></ItemGroup></Project>""")
        .Write("other/Other.cs", "class Other { double Area() => Shared.Area(); }");

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("IShape.Area", "references", "core/Shape.cs:2 declaration, core/Shape.cs:5 implement, core/Shape.cs:13 override, core/Shape.cs:16 invoke, app/Use.cs:7 invoke, app/Use.cs:7 invoke, app/Use.cs:13 nameof")]
    [InlineData("Square.Area", "references", "core/Shape.cs:2 declaration, core/Shape.cs:5 declaration, core/Shape.cs:13 override, core/Shape.cs:16 invoke, app/Use.cs:7 invoke, app/Use.cs:7 invoke, app/Use.cs:13 nameof")]
    [InlineData("Shared.Area", "callers", "app/Use.cs:15 invoke, other/Other.cs:1 invoke")]
    [InlineData("IShape.Area", "implementations", "core/Shape.cs:5 implement, core/Shape.cs:13 override")]
    [InlineData("Shape.Area", "overrides", "core/Shape.cs:13 override")]
    [InlineData("Square.Sides", "base", "core/Shape.cs:6 declaration, core/Shape.cs:2 declaration")]
    [InlineData("IShape.Sides", "reads", "app/Use.cs:7 read")]
    [InlineData("Square", "constructs", "app/Use.cs:10 construct, app/Use.cs:10 construct, app/Use.cs:11 construct")]
    [InlineData("Shape", "derived", "core/Shape.cs:11 base")]
    [InlineData("IShape", "implementations", "core/Shape.cs:3 base, core/Shape.cs:11 base")]
    [InlineData("Extensions.Twice", "callers", "app/Use.cs:7 invoke")]
    [InlineData("Bag.GetEnumerator", "references", "core/Shape.cs:19 declaration, app/Use.cs:8 implicit")]
    [InlineData("Bag.Deconstruct", "references", "core/Shape.cs:20 declaration, app/Use.cs:9 implicit")]
    [InlineData("Bag.GetEnumerator", "callers", "app/Use.cs:8 implicit")]
    [InlineData("core/Shape.cs:7", "callers", "app/Use.cs:13 implicit")]
    [InlineData("core/Shape.cs:8", "reads", "app/Use.cs:13 read")]
    [InlineData("Shape.Hidden", "callers", "app/Use.cs:12 invoke")]
    [InlineData("Use.All", "callees", "app/Use.cs:7 invoke, app/Use.cs:7 invoke, app/Use.cs:7 invoke, app/Use.cs:10 construct, app/Use.cs:10 construct, app/Use.cs:12 invoke")]
    public void Relation_HasItsSitesAndNoOthers(string symbol, string relation, string expected)
    {
        var depth = relation is "implementations" or "derived" or "overrides" ? 3 : 1;
        var answer = _bench.Json("refs", new { symbols = symbol, relation, depth, deadline = 60 });
        var sites = answer.List("sites").OrderBy(site => Array.IndexOf(["core", "app", "other", "shared"], site.Str("path")!.Split('/')[0])).Where(site => relation != "callees" || site.Int("line") > 0).ToArray();
        Assert.Equal(expected, string.Join(", ", sites.Select(site => $"{site.Str("path")}:{site.Int("line")} {site.Str("kind")}")));
        Assert.All(sites, site => Assert.Equal("exact", site.Str("certainty")));
        Assert.True(answer.Bool("complete"), answer.ToJsonString());
    }

    [Fact]
    public void CallsThroughAnInterface_CountAlsoWhereTheClassIsNotKnown()
    {
        using var bench = new ToolBench();
        bench.Write("faces/Faces.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""").Write("faces/IPump.cs", "public interface IPump { void Start(); }\n").Write("faces/Engine.cs", "public class Engine { void Run(IPump pump) => pump.Start(); }\n");
        bench.Write("app/App.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><ProjectReference Include="../faces/Faces.csproj" /></ItemGroup></Project>""").Write("app/Pump.cs", "class Pump : IPump { public void Start() { } }\n");
        bench.Write("alone/Alone.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""").Write("alone/Other.cs", "class Other { void Start() { } void Run() => Start(); }\n");
        var lines = bench.Lines("refs", new { symbols = "Pump.Start", relation = "callers", deadline = 30 });
        Assert.Contains("counts: exact 1, candidate 0, syntax 0, text 0", lines[1]);
        Assert.Contains(lines, line => line.Contains("in Engine.Run [method 1-1] · invoke · exact via IPump.Start", StringComparison.Ordinal));
    }

    [Fact]
    public void ProjectBeyondTheMemoryLimit_IsNotCompiled_AndThatIsSaid()
    {
        using var bench = new ToolBench { MemoryBytes = 128 << 20 };
        bench.Write("big/Big.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><ProjectReference Include="../small/Small.csproj" /></ItemGroup></Project>""").Write("small/Small.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        bench.Write("small/Pump.cs", "public class Pump { public void Start() { } void Use() => Start(); }\n").Write("big/Use.cs", "class Use { void Run(Pump pump) => pump.Start(); }\n");
        for (var at = 0; at < 4; at++) bench.Write($"big/Pad{at}.cs", "//" + new string('x', 3_900_000) + "\n");
        var lines = bench.Lines("refs", new { symbols = "Pump.Start", deadline = 30 });
        Assert.Contains("counts: exact 2, candidate 0, syntax 1, text 0", lines[1]);
        Assert.Contains("note: could not be bound: 1 file, whose sites are by syntax", lines);
        Assert.Contains(lines, line => line.Contains("compiling big/Big.csproj with what it refers to would take about 148 MB, more than --memory", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_CountsUses_ExactlyOnceTheyAreBound()
    {
        _bench.Index();
        Assert.Contains("used: the name stands in 9 lines of 4 files, 0 of them tests · not bound: refs tells which mean it", _bench.Lines("read", new { targets = "Square.Area" }));
        _bench.Lines("refs", new { symbols = "Square.Area", deadline = 30 });
        Assert.Contains("used: 4 sites in 2 files, 0 of them tests · exact", _bench.Lines("read", new { targets = "Square.Area" }));
        Assert.Equal("exact", (string)_bench.Json("read", new { targets = "Square.Area" })["slices"]![0]!["used"]!["certainty"]!);
        Assert.DoesNotContain(_bench.Lines("read", new { targets = (string[])["Square.Area", "Square.Sides", "IShape", "Use.All"] }), line => line.StartsWith("used:", StringComparison.Ordinal));
    }

    [Fact]
    public void CallThroughTheInterface_NamesWhatItBindsTo()
    {
        var sites = _bench.Json("refs", new { symbols = "Square.Area", relation = "callers", deadline = 60 }).List("sites").ToArray();
        Assert.Equal(["app/Use.cs:7 IShape.Area", "app/Use.cs:7 ", "core/Shape.cs:16 IShape.Area"], sites.Select(site => $"{site.Str("path")}:{site.Int("line")} {site.Str("via")}"));
    }

    [Fact]
    public void Edit_IsBoundAnew()
    {
        Assert.Equal(1, _bench.Json("refs", new { symbols = "Shape.Hidden", relation = "callers", deadline = 60 }).Int("total"));
        _bench.Write("app/More.cs", "class More { void M(Core.Square square) { square.Hidden(); square.Hidden(); } }");
        Assert.Equal(3, _bench.Json("refs", new { symbols = "Shape.Hidden", relation = "callers", deadline = 60 }).Int("total"));
        _bench.Write("app/More.cs", "class More { void M(More square) { square.Hidden(); } void Hidden() { } }");
        var answer = _bench.Json("refs", new { symbols = "Shape.Hidden", relation = "callers", deadline = 60 });
        Assert.Equal((1, 2), (answer.Int("total"), answer.Int("others")));
    }

    [Fact]
    public void BranchThatIsNotCompiled_StaysBySyntax()
    {
        _bench.Write("app/More.cs", """
            class More
            {
                void Is(Core.Square square)
                {
            #if NEVER
                    square.Hidden();
            #else
                    square.Hidden(); this.Hidden();
            #endif
                }
                void Hidden() { }
            }
            """);
        var answer = _bench.Json("refs", new { symbols = "Shape.Hidden", relation = "callers", deadline = 60 });
        Assert.Equal(["app/More.cs:6 syntax", "app/More.cs:8 exact", "app/Use.cs:12 exact"], answer.List("sites").Select(site => $"{site.Str("path")}:{site.Int("line")} {site.Str("certainty")}"));
        Assert.Equal(2, answer.Int("others")); // the call of its own and its declaration
    }

    [Fact]
    public void FileThatNoProjectCompiles_IsNotSaidToBeLate()
    {
        _bench.Write("still/Still.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><Compile Remove="**" /></ItemGroup></Project>""");
        _bench.Write("still/Off.cs", "namespace Off; class Quiet {\n#if NEVER\n void Hush() { }\n#endif\n}");
        var answer = _bench.Json("refs", new { symbols = "still/Off.cs#Off.Quiet.Hush", deadline = 60 });
        Assert.True(answer.Bool("complete"), answer.ToJsonString());
        Assert.Contains(answer["notes"]!.AsArray(), note => note!.GetValue<string>().Contains("leave out", StringComparison.Ordinal));
    }

    [Fact]
    public void FileThatMayNotBeParsed_IsSaidToBeUnbound()
    {
        _bench.Write("app/Bomb.cs", $"class Bomb {{ void M(Core.Square square) {{ square.Hidden(); var x = {new string('(', 3_000)}1{new string(')', 3_000)}; }} }}");
        var answer = _bench.Json("refs", new { symbols = "Shape.Hidden", relation = "callers", deadline = 60 });
        Assert.Contains("app/Bomb.cs syntax", answer.List("sites").Select(site => $"{site.Str("path")} {site.Str("certainty")}"));
        Assert.Contains(answer["notes"]!.AsArray(), note => note!.GetValue<string>().StartsWith("could not be bound: 1 file", StringComparison.Ordinal));
        Assert.True(answer.Bool("complete"), answer.ToJsonString());
    }

    [Fact]
    public void Add_IsUsedWithoutItsNameOnlyWhereItsTypeCanBeEnumerated()
    {
        _bench.Write("app/Bags.cs", """
            class Plain { public void Add(int one) { } }
            class Many : System.Collections.IEnumerable { public void Add(int one) { } public System.Collections.IEnumerator GetEnumerator() => null!; }
            class Uses { Many Make() => new Many { 1, 2 }; void Call() => new Plain().Add(3); }
            """);
        Assert.Equal([3], _bench.Json("refs", new { symbols = "Plain.Add", relation = "callers", deadline = 60 }).List("sites").Select(site => site.Int("line")));
        Assert.Equal(["implicit", "implicit"], _bench.Json("refs", new { symbols = "Many.Add", relation = "callers", deadline = 60 }).List("sites").Select(site => site.Str("kind")));
    }

    [Fact]
    public void BrokenProjects_LeaveTheRestExact()
    {
        _bench.Write("broken/Broken.csproj", "<Project><PropertyGroup").Write("broken/B.cs", "class B { void M(Core.Square square) => square.Hidden(); }")
            .Write("circle/A.csproj", """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><ProjectReference Include="B.csproj" /></ItemGroup></Project>""")
            .Write("circle/B.csproj", """<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><AssemblyName>&e;</AssemblyName></PropertyGroup></Project>""");
        var sites = _bench.Json("refs", new { symbols = "Shape.Hidden", relation = "callers", deadline = 60 }).List("sites").ToArray();
        Assert.Equal(["app/Use.cs exact", "broken/B.cs syntax"], sites.Select(site => $"{site.Str("path")} {site.Str("certainty")}"));
    }
}
