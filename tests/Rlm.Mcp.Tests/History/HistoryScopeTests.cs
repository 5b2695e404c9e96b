using System.Text.Json;
using Rlm.Context;
using Rlm.Mcp.Sessions;
using Rlm.Mcp.Tests.Tools;
using Rlm.Mcp.Tools;
using Rlm.Recursion.Context;

namespace Rlm.Mcp.Tests.History;

/// <summary>A session sees of history only what its scope holds of the work tree: no name, line or symbol beside it.</summary>
public class HistoryScopeTests
{
    [Fact]
    public void NarrowedCalls_TellNothingFromOutside()
    {
        using var git = new GitBench();
        git.Write("src/A.cs", "class A\n{\n    int inside1;\n    int Sum() => 1;\n}\n").Write("other/B.cs", "class B\n{\n    int hidden1;\n}\n").Commit("both");
        git.Write("src/A.cs", "class A\n{\n    int inside2;\n    int Sum() => 2;\n}\n").Write("other/B.cs", "class B\n{\n    int hidden2;\n}\n").Commit("both again");
        git.Write("other/B.cs", "class B\n{\n    int hidden3;\n}\n").Commit("aside");
        git.Bench.Write("other/B.cs", "class B\n{\n    int hidden4;\n}\n");
        string[] targets = [".", "src", "src/A.cs", "A.Sum", "other", "other/B.cs", "B", "HEAD", "HEAD~1", "HEAD~2..HEAD", "gone.txt"];
        foreach (var scope in (string[])["src", "src/A.cs", "src/A.cs:1-3"])
            foreach (var target in targets)
                foreach (var view in (string[])["log", "blame", "diff", "churn", "cochange", "show"])
                    foreach (var json in (bool[])[false, true])
                    {
                        var text = Call(git, scope, "history", new { target, view }, json);
                        Assert.True(!text.Contains("hidden", StringComparison.Ordinal) && (target.StartsWith("other", StringComparison.Ordinal) || !text.Contains("other/", StringComparison.Ordinal)), $"{scope} {target} {view}: {text}");
                        if (scope == "src/A.cs:1-3") Assert.False(text.Contains("Sum() =>", StringComparison.Ordinal), $"{scope} {target} {view}: {text}");
                    }
        Assert.Contains("inside2", Call(git, "src", "history", new { target = "src/A.cs", view = "blame" }, json: false));
        Assert.Contains("inside1", Call(git, "src", "read", new { targets = "src/A.cs", rev = "HEAD~2" }, json: false));
        Assert.StartsWith("out_of_scope", Call(git, "src", "read", new { targets = "other/B.cs", rev = "HEAD~2" }, json: false));
        Assert.StartsWith("out_of_scope", Call(git, "src/A.cs:1-3", "read", new { targets = "src/A.cs:1", rev = "HEAD~2" }, json: false));
        Assert.StartsWith("out_of_scope", Call(git, "src", "history", new { target = "HEAD" }, json: false));
    }

    [Fact]
    public void Units_OverARange_AreTheChangedSymbols()
    {
        using var git = new GitBench();
        git.Write("src/A.cs", "class A\n{\n    int Sum()\n    {\n        return 1;\n    }\n\n    int Keep()\n    {\n        return 1;\n    }\n}\n").Write("b.py", "def keep():\n    return 1\n\n\ndef change():\n    return 1\n").Commit("before");
        git.Write("src/A.cs", "class A\n{\n    int Sum()\n    {\n        return 2;\n    }\n\n    int Keep()\n    {\n        return 1;\n    }\n}\n").Write("b.py", "def keep():\n    return 1\n\n\ndef change():\n    return 2\n").Commit("after");
        using var store = new ContextStore(new() { Root = git.Root, Time = new StillTime() });
        var units = new StoreContext(() => store, []).Units(new ContextScope([["HEAD~1..HEAD"]]), UnitKind.Symbol, CancellationToken.None);
        Assert.Equal(["b.py#change", "src/A.cs#A.Sum"], units.Units.Select(unit => unit.Symbol));
    }

    [Fact]
    public void Units_OverARange_BearTheHandlesOfTheirCallers()
    {
        using var git = new GitBench();
        git.Write("src/A.cs", "class A\n{\n    public int Sum() => 1;\n    public int Alone() => 1;\n}\n").Write("src/B.cs", "class B\n{\n    int Use(A a)\n    {\n        return a.Sum() + a.Sum();\n    }\n}\n");
        git.Write("other/C.cs", "class C { int Use(A a) => a.Sum(); }\n").Commit("before");
        git.Write("src/A.cs", "class A\n{\n    public int Sum() => 2;\n    public int Alone() => 2;\n}\n").Commit("after");
        using var store = new ContextStore(new() { Root = git.Root, Time = new StillTime() });
        var context = new StoreContext(() => store, []);
        List<string?> Callers(params string[][] layers) => [.. context.Units(new ContextScope(layers), UnitKind.Symbol, CancellationToken.None).Units.Select(unit => unit.Callers)];
        var use = Rlm.Context.Slices.Handle.Of(new("src/B.cs"), new(3, 6), "    int Use(A a)\n    {\n        return a.Sum() + a.Sum();\n    }\n").ToString();
        var other = Rlm.Context.Slices.Handle.Of(new("other/C.cs"), new(1, 1), "class C { int Use(A a) => a.Sum(); }\n").ToString();
        Assert.Equal((List<string?>)[$"{other} C.Use, {use} B.Use", "none found"], Callers(["HEAD~1..HEAD"]));
        Assert.Equal((List<string?>)[$"{use} B.Use", "none found"], Callers(["src"], ["HEAD~1..HEAD"])); // what lies outside does not exist for the session
        Assert.Equal((List<string?>)[null, null], Callers(["src/A.cs"]));
    }

    private static string Call(GitBench git, string scope, string name, object arguments, bool json)
    {
        using var store = new ContextStore(new() { Root = git.Root, Time = new StillTime() });
        ITool tool = name == "read" ? new ReadTool(() => store) : new HistoryTool(() => store);
        var given = JsonSerializer.SerializeToElement(arguments).EnumerateObject().Select(item => KeyValuePair.Create(item.Name, item.Value));
        return ToolRegistry.Call(tool, given, new ToolContext(json, null) { Within = [[scope]], Log = fault => Assert.Fail(fault) }, CancellationToken.None).Text;
    }
}
