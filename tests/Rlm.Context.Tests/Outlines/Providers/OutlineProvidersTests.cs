using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Tests.Outlines.Providers;

public class OutlineProvidersTests
{
    private static OutlineItem Item(string text, string language = "go") => new(new RepoPath("a.go"), language, FileText.Of(text));

    [Fact]
    public void TextThatEndsTheProvider_FallsToTheHeuristicAlone()
    {
        var provider = new ScriptedProvider("go");
        var items = Enumerable.Range(0, 64).Select(at => Item(at == 37 ? "func crash() {\n}\n" : $"f{at}")).ToArray();
        var outlines = new OutlineProviders([provider]).OutlineAll(items, TestContext.Current.CancellationToken);
        for (var at = 0; at < items.Length; at++)
            if (at != 37) Assert.Equal(("scripted", null, $"f{at}"), (outlines[at].Provider, outlines[at].Partial, outlines[at].Symbols[0].Name));
        Assert.Equal(("heuristic", "scripted: crashed", "crash"), (outlines[37].Provider, outlines[37].Partial, outlines[37].Symbols[0].Name));
        Assert.InRange(provider.Batches.Count, 7, 13); // halved, not one by one
    }

    [Fact]
    public void OtherLanguages_AreOutlinedByWhatIsBuiltIn()
    {
        var outlines = new OutlineProviders([new ScriptedProvider("go")]).OutlineAll([Item("x"), Item("class A { }", "csharp"), Item("# T\n", "markdown")], TestContext.Current.CancellationToken);
        Assert.Equal(["scripted", "roslyn", "markdown"], outlines.Select(outline => outline.Provider));
    }

    [Fact]
    public void FirstThatKnowsTheLanguage_IsChosen()
    {
        var (first, second) = (new ScriptedProvider("go"), new ScriptedProvider("rust"));
        var providers = new OutlineProviders([first, second]);
        providers.OutlineAll([Item("a"), Item("b", "rust"), Item("c")], TestContext.Current.CancellationToken);
        Assert.Equal([2], first.Batches);
        Assert.Equal([1], second.Batches);
        Assert.Equal(("scripted 1", ""), (providers.WayOf("go"), providers.WayOf("csharp")));
    }

    [Fact]
    public void ProviderThatIsNotWhatItShouldBe_IsNeverRun()
    {
        var provider = new ScriptedProvider("go") { IsGenuine = false };
        var providers = new OutlineProviders([provider]);
        Assert.Equal("heuristic", providers.Outline(Item("func a() {\n}\n"), TestContext.Current.CancellationToken).Provider);
        Assert.Empty(provider.Batches);
        Assert.Equal("", providers.WayOf("go"));
    }

    [Fact]
    public void ProviderThatCannotBeHadJustNow_GivesStandIns()
    {
        var provider = new ScriptedProvider("go");
        var passing = new List<int>();
        var outlines = new OutlineProviders([provider]).OutlineAll([Item("class A { }", "csharp"), Item("func busy() {\n}\n"), Item("func a() {\n}\n")], TestContext.Current.CancellationToken, passing.Add);
        Assert.Equal([1, 2], passing);
        Assert.Equal(["roslyn", "heuristic", "heuristic"], outlines.Select(outline => outline.Provider));
        Assert.Equal("scripted: no temporary folder", outlines[2].Partial);
        Assert.Equal([2], provider.Batches); // halving would not help
    }
}
