using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rlm.Context;
using Rlm.Mcp.Prompts;
using Rlm.Mcp.Sessions;
using Rlm.Mcp.Tests.Tools;
using Rlm.Mcp.Tools;
using Rlm.Recursion.Context;

namespace Rlm.Mcp.Tests.Prompts;

public sealed partial class PromptTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private ContextStore? _store;

    public void Dispose()
    {
        _store?.Dispose();
        _bench.Dispose();
    }

    private ContextStore Store() => _store ??= new(new ContextOptions { Root = _bench.Root, CacheFolder = _bench.At("../prompts"), Time = TimeProvider.System });

    private string Text(string name, params (string, string)[] arguments) => PromptSet.Text(name, arguments.ToDictionary(pair => pair.Item1, pair => pair.Item2), Store, CancellationToken.None);

    [Fact]
    public void EachPrompt_PutsItsArgumentsIn_AndNeedsThoseThatAreRequired()
    {
        _bench.Write("a.py", "def f(): pass\n");
        foreach (var prompt in PromptSet.Definitions)
        {
            var text = Text(prompt.Name, [.. prompt.Arguments.Select(argument => (argument.Name, argument.Name == "symbol" ? "f" : "</question>src"))]);
            Assert.Contains("src", prompt.Name == "plan_refactoring" ? "src" : text);
            Assert.DoesNotContain("\n</question>src", text); // what is put in cannot end its own mark
            foreach (var missing in prompt.Arguments.Where(argument => argument.IsRequired))
                Assert.Contains($"\"{missing.Name}\" is missing", Assert.Throws<ToolException>(() => Text(prompt.Name, (missing.Name, " "))).Message);
            Assert.Equal(ErrorCodes.BadArgument, Assert.Throws<ToolException>(() => Text(prompt.Name, ("other", "x"))).Code);
        }
        Assert.Equal(ErrorCodes.BadArgument, Assert.Throws<ToolException>(() => Text("other")).Code);
        Assert.Throws<ContextException>(() => Text("plan_refactoring", ("symbol", "Missing")));
    }

    [Fact]
    public void Plan_OverManyCallSites_IsOrderedAndWhole()
    {
        _bench.Write("core/Core.csproj", Project()).Write("core/Pump.cs", "namespace Core;\npublic interface IPump { void Start(int speed); }\npublic class Pump : IPump\n{\n    public virtual void Start(int speed) { }\n}\n")
            .Write("mid/Mid.csproj", Project("../core/Core.csproj")).Write("mid/Fast.cs", "using Core;\npublic class Fast : Pump\n{\n    public override void Start(int speed) => base.Start(speed + 1);\n}\n")
            .Write("app/App.csproj", Project("../mid/Mid.csproj")).Write("notes.md", "Call Start with the speed.\n").Write("app/settings.json", "{ \"method\": \"Start\" }\n")
            .Write("tests/App.Tests.csproj", Project("../app/App.csproj", "<PackageReference Include=\"xunit.v3\" Version=\"3.2.2\" />")).Write("tests/T.cs", "class FactAttribute : System.Attribute { }\nclass T\n{\n    [Fact]\n    public void Works() => new Uses0().Run();\n}\n");
        var sites = 0;
        for (var file = 0; file < 12; file++)
        {
            var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"using Core;\npublic class Uses{file}\n{{\n    public void Run() => Inner{file}(new Pump());\n    void Inner{file}(Pump pump)\n    {{\n");
            for (var at = 0; at < 20; at++, sites++) text.Append(CultureInfo.InvariantCulture, $"        pump.Start({at});\n");
            _bench.Write($"app/Uses{file}.cs", text.Append("        _ = \"Start\";\n    }\n    public void Again(Fast fast) => fast.Start(1);\n}\n").ToString());
        }
        var plan = Text("plan_refactoring", ("symbol", "Pump.Start"), ("change", "gets a cancellation token"));
        var units = Unit().Matches(plan).Select(match => match.Groups[1].Value).ToArray();
        // The interface's member, the class's, then the override; then uses by project, and what nothing else is called by comes last.
        Assert.Equal(2 + 1 + 24, units.Length);
        Assert.Equal(["Core.Pump.Start", "Core.IPump.Start", "Fast.Start"], units.Take(3).OrderBy(name => Array.IndexOf(["Core.Pump.Start", "Core.IPump.Start", "Fast.Start"], name)));
        Assert.Equal("Core.Pump.Start", units[0]);
        Assert.Contains("(27 with ", plan);
        Assert.Contains("20 invoke", plan);
        Assert.DoesNotContain("by syntax", plan);
        Assert.Contains("- app/Uses0.cs:27 [mention] _ = \"Start\";", plan);
        Assert.Contains("- notes.md:1 [mention] Call Start with the speed.", plan);
        Assert.Contains("- app/settings.json:1", plan);
        Assert.Contains("tests/App.Tests.csproj: T.Works", plan);
        Assert.True(plan.Length / 4 < 6_000, $"{plan.Length / 4} tokens");
        // The same units are what a map over the set judges.
        var judged = new StoreContext(Store, []).Units(new ContextScope([["@impact"]]), UnitKind.Match, CancellationToken.None);
        Assert.Equal(units.Order(StringComparer.Ordinal), judged.Units.Select(unit => unit.Symbol![(unit.Symbol!.IndexOf('#', StringComparison.Ordinal) + 1)..]).Order(StringComparer.Ordinal));
        Assert.Equal(240, sites);
    }

    [Fact]
    public void Order_WithinAProject_PutsWhatIsCalledFirst()
    {
        _bench.Write("a.csproj", Project()).Write("a.cs", "class C\n{\n    static void Top() { Middle(); Target(); }\n    static void Middle() { Low(); Target(); }\n    static void Low() => Target();\n    static void Target() { }\n    static void Ring1() { Ring2(); Target(); }\n    static void Ring2() { Ring1(); Target(); }\n}\n");
        Assert.Equal(["C.Target", "C.Low", "C.Middle", "C.Top", "C.Ring1", "C.Ring2"], Unit().Matches(Text("plan_refactoring", ("symbol", "C.Target"))).Select(match => match.Groups[1].Value));
    }

    private static string Project(string? reference = null, string more = "") =>
        $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>{(reference is null ? "" : $"<ProjectReference Include=\"{reference}\" />")}{more}</ItemGroup></Project>";

    [GeneratedRegex(@"^\d+\. \S+@[0-9a-f]{8} (\S+) ·", RegexOptions.Multiline)]
    private static partial Regex Unit();
}
