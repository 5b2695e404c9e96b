using System.Diagnostics;
using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Tests.Outlines;

/// <summary>Hostile texts end in an outline, in bounded time. A stack overflow would end the test process itself, so a pass means that none happened.</summary>
public class BombTests(ITestOutputHelper output)
{
    // Most take some milliseconds; the limit is far above that since tests share a busy machine.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static bool IsLong => Environment.GetEnvironmentVariable("RLM_TEST_LONG") == "1";

    [Fact]
    public void Nesting_IsSurvivedInBoundedTime()
    {
        var at = 0;
        foreach (var (name, text) in Bombs.All())
            if (at++ % (IsLong ? 1 : 7) == 0) Survive(name, "csharp", text);
    }

    [Fact]
    public void DeepGenerics_KeepSiblings()
    {
        var text = "class A\n{\n  " + string.Concat(Enumerable.Repeat("A<", 24_000)) + "int" + new string('>', 24_000) + " f;\n  void N() { }\n}\n";
        var outline = Outliner.Outline(new RepoPath("a.cs"), "csharp", FileText.Of(text), TestContext.Current.CancellationToken);
        Assert.StartsWith("nesting", outline.Partial, StringComparison.Ordinal);
        Assert.Contains(outline.All, symbol => symbol is { Name: "N", Range: { Start: 4, End: 4 } });
    }

    [Fact]
    public void DeepExpression_LosesNothingAndSaysNothing()
    {
        var text = "class A { void M() { f" + string.Concat(Enumerable.Repeat("(x=>{f", 100)) + "();" + string.Concat(Enumerable.Repeat("});", 100)) + " } void N() { } }";
        var outline = Outliner.Outline(new RepoPath("a.cs"), "csharp", FileText.Of(text), TestContext.Current.CancellationToken);
        Assert.Null(outline.Partial);
        Assert.Equal(["A", "M", "N"], outline.All.Select(symbol => symbol.Name));
    }

    [Theory]
    [InlineData("csharp")]
    [InlineData("typescript")]
    [InlineData("javascript")]
    [InlineData("markdown")]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("xml")]
    [InlineData("python")]
    [InlineData("yaml")]
    [InlineData("ruby")]
    [InlineData("notebook")]
    [InlineData("sql")]
    [InlineData("log")]
    [InlineData("toml")]
    [InlineData("bash")]
    public void HugeTexts_AreSurvivedInBoundedTime(string language)
    {
        var size = IsLong ? 4 << 20 : 1 << 20;
        string[] units =
        [
            "{", "}", "(", "[", "<", "<a>", "<a b='", "# ", "> ", "- ", "* ", "a", "a ", "\n", " \n", "a\n", "\"", "'", "`", "```\n", "/*", "a{", "function a(){", "class a:\n ", "{\"a\":", "a:\n", "[a](", "![", "**a", "1. a\n",
            "a b, c. d\n", "int a,b,", "def a\n", "end\n", "=\n", "| a ", "a;", "<!--", "&amp;", "\\", "\t", "2026-11-21T07:40:21 x\n", "@\n", "//\n", "a = (", "a=>", "CREATE TABLE a\n", "[a]: b\n", "a\n===\n",
        ];
        foreach (var unit in units) Survive($"{language}: {unit.Trim()}", language, string.Concat(Enumerable.Repeat(unit, size / unit.Length / (unit.Length == 1 ? 2 : 1))));
    }

    private void Survive(string name, string language, string text)
    {
        var clock = Stopwatch.StartNew();
        var outline = Outliner.Outline(new RepoPath("a.cs"), language, FileText.Of(text), TestContext.Current.CancellationToken);
        if (clock.Elapsed.TotalSeconds > 2) output.WriteLine($"{name}: {clock.Elapsed.TotalSeconds:0.0} s, {text.Length} characters");
        Assert.True(clock.Elapsed < Limit, $"{name}: {clock.Elapsed.TotalSeconds:0} s");
        Assert.True(outline.Partial?.StartsWith("failed", StringComparison.Ordinal) != true, $"{name}: {outline.Partial}");
        Invariants.Check(outline, FileText.Of(text));
    }
}
