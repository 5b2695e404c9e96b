using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Tests.Outlines;

public class OutlinerTests
{
    private static Outline Read(string language, string text) => Outliner.Outline(new RepoPath("a"), language, FileText.Of(text), TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("csharp", "roslyn")]
    [InlineData("markdown", "markdown")]
    [InlineData("text", "text")]
    [InlineData("csv", "text")]
    [InlineData("kotlin", "heuristic")]
    [InlineData("no-such-language", "heuristic")]
    public void EmptyText_NamesItsProvider(string language, string provider)
    {
        var outline = Read(language, "");
        Assert.Equal(provider, outline.Provider);
        Assert.Empty(outline.Symbols);
        Assert.Null(outline.Partial);
    }

    [Fact]
    public void Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Outliner.Outline(new RepoPath("a.cs"), "csharp", FileText.Of("class A { }"), source.Token));
    }

    [Fact]
    public void ManyParagraphs_AreCappedAndSaySo()
    {
        var outline = Read("text", string.Concat(Enumerable.Repeat("words here\n\n", 3000)));
        Assert.Equal(2000, outline.Symbols.Length);
        Assert.Equal("first 2000 paragraphs", outline.Partial);
    }

    [Fact]
    public void LongLog_HasAtMost200Units()
    {
        var start = new DateTime(2026, 11, 21, 7, 40, 21);
        var outline = Read("log", string.Concat(Enumerable.Range(0, 20_000).Select(at => $"{start.AddSeconds(at * 37):yyyy-MM-dd HH:mm:ss} line\n")));
        Assert.InRange(outline.Symbols.Length, 20, 200);
        Assert.Equal(20_000, outline.Symbols.Sum(unit => unit.Range.Count));
    }

    [Fact]
    public void MoreBranchesThanWays_SaysSo()
    {
        var outline = Read("csharp", "class A {\n" + string.Concat(Enumerable.Range(0, 12).Select(at => $"#{(at == 0 ? "if" : "elif")} S{at}\nint f{at};\n")) + "#endif\n}");
        Assert.Equal("preprocessor branches", outline.Partial);
        Assert.Contains(outline.All, symbol => symbol.Name == "f0");
    }

    [Fact]
    public void VeryLongNames_KeepPathsShort()
    {
        var name = new string('x', 100_000);
        var outline = Read("csharp", $"class {name} {{ class {name} {{ class A {{ int f; }} }} }}");
        Assert.All(outline.All, symbol => Assert.InRange(symbol.Path.Length, 1, 3000));
    }
}
