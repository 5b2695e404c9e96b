using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Outlines.Ctags;

namespace Rlm.Context.Tests.Outlines.Ctags;

/// <summary>The machine's own ctags on the cases of ast-grep, in the languages that it is good at: the same functions, first and last line included.</summary>
public class CtagsOutlinerTests
{
    private static CtagsOutliner Installed
    {
        get
        {
            var program = CtagsProgram.At(((string[])["/usr/bin/ctags-universal", "/usr/bin/ctags", "/usr/local/bin/ctags"]).FirstOrDefault(File.Exists));
            Assert.SkipUnless(program?.Mode is not null, "there is no Universal Ctags on this machine");
            return new(program!);
        }
    }

    [Theory]
    [InlineData("shop.py", "class Shop 8-28, method __init__ 17-18, method open 20-28, function inner 26-27, function last 30-30")]
    [InlineData("shop.go", "struct Shop 4-4, type A 7-7, type B 8-8, interface Opener 10-10, method Open 10-10, type G 11-11, method Open 12-12, method Get 13-13, function main 14-14")]
    [InlineData("Shop.java", "class Shop 3-18, constructor Shop 7-7, method open 8-13, interface Inner 14-14, method go 14-14, method d 14-14, enum Colour 15-15, method y 15-15")]
    [InlineData("shop.c", "struct shop 5-5, struct inner 5-5, struct point 6-6, type shop_t 7-7, type handler 8-8, enum colour 9-9, struct u 10-10, function lookup 11-11, function make 12-15, function oldstyle 18-20, function cond 22-22")]
    public void Case_HasItsSymbols(string name, string expected)
    {
        var text = FileText.Of(File.ReadAllText(Path.Combine(Repository.Cases, "ast-grep", name + ".txt")));
        var outline = Installed.Outline([new OutlineItem(new RepoPath(name), Languages.OfFileName(name), text)], TestContext.Current.CancellationToken)[0].Outline!;
        Invariants.Check(outline, text);
        Assert.Equal("ctags", outline.Provider);
        var found = string.Join(", ", outline.All.Select(symbol => $"{symbol.Kind} {symbol.Name} {symbol.Range}"));
        foreach (var symbol in expected.Split(", ")) Assert.Contains(symbol, found, StringComparison.Ordinal);
    }

    [Fact]
    public void EndlessMethodsOfRuby_AreLeftToOthers()
    {
        OutlineItem Ruby(string text) => new(new RepoPath("a.rb"), "ruby", FileText.Of(text));
        var answers = Installed.Outline([Ruby("class A\n  def one = 1\n  def two; end\nend\n"), Ruby("class A\n  def one(x = 1)\n  end\nend\n")], TestContext.Current.CancellationToken);
        Assert.Equal("methods without end", answers[0].Fault);
        Assert.Equal(["class A 1-4", "method one 2-3"], answers[1].Outline!.All.Select(symbol => $"{symbol.Kind} {symbol.Name} {symbol.Range}"));
    }

    [Fact]
    public void Batch_AnswersInOrder_AndEmptyTextsToo()
    {
        OutlineItem[] items = [.. Enumerable.Range(0, 50).Select(at => new OutlineItem(new RepoPath("a.py"), "python", FileText.Of(at % 7 == 0 ? "" : at % 5 == 0 ? "# größer\n" : $"def f{at}():\n    return 'ä'\n")))];
        var answers = Installed.Outline(items, TestContext.Current.CancellationToken);
        for (var at = 0; at < items.Length; at++) Assert.Equal(at % 7 == 0 || at % 5 == 0 ? [] : [$"f{at} 1-2"], answers[at].Outline!.All.Select(symbol => $"{symbol.Name} {symbol.Range}"));
    }
}
