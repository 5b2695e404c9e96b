using System.Text.Json;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Tests.Agent;

namespace Rlm.Recursion.Tests.Hosting;

public class HostSubmitTests
{
    private static readonly JsonElement Text = JsonSerializer.SerializeToElement(new { type = "string" });

    [Fact]
    public void SchemaBreach_KeepsTheEarlierSubmitAndStaysOpen()
    {
        var bench = Begun(new("Judge.") { Schema = Text });
        bench.Judge(bench.Children[0]);
        Refused(bench, "does not fit the schema", findings: new[] { new { unit = "src/0.cs", value = 5 } });
        Assert.Equal((SessionStatus.NeedsHost, 2), (bench.Children[0].State.Status, bench.Children[0].State.Findings.Count));
    }

    [Fact]
    public void SecondSubmit_ReplacesTheFirstUntilTheMerge()
    {
        var bench = Begun(new("Explain."));
        bench.Submit(bench.Children[0], "first");
        bench.Submit(bench.Children[0], "second");
        Assert.Equal("second", bench.Advance().Answer.Content);
        Refused(bench, "has ended (complete)", "third");
        Assert.Equal("second", bench.State.Answer.Content);
    }

    [Fact]
    public void UnitTwice_IsRefused() => Refused(Begun(new("x") { Mode = "map" }), "is a second one for", findings: new[] { new { unit = "src/0.cs", value = "a" }, new { unit = FakeFiles.Handle("src/0.cs"), value = "b" } });

    [Fact]
    public void UnitElsewhere_IsRefused() => Refused(Begun(new("x") { Mode = "map" }), "is no unit of this session", findings: new[] { new { unit = "other/secret.cs", value = "a" } });

    [Fact]
    public void Nothing_IsRefused() => Refused(Begun(new("x")), "neither answer nor findings");

    [Fact]
    public void WrongTypes_AreRefused()
    {
        var bench = Begun(new("x") { Mode = "map" });
        Refused(bench, "findings is not a list", findings: "all fine");
        Refused(bench, "finding 1 is not an object", findings: new List<int> { 1 });
        Refused(bench, "names neither unit nor citation", findings: new[] { new { value = 1 } });
        Refused(bench, "unit of finding 1 is not a text", findings: new[] { new { unit = 1 } });
        Refused(bench, "is not a list", findings: new[] { new { unit = "src/0.cs", citations = "x" } });
    }

    [Fact]
    public void Parent_TakesNoSubmit()
    {
        var bench = Begun(new("x"));
        Assert.Contains("is not one that a sub-agent of yours runs", Assert.Throws<RecursionException>(() => bench.Submit(bench.Session, "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Receipt_NamesFalseQuotesAndMissingUnits()
    {
        var bench = Begun(new("x") { Mode = "map" });
        var receipt = bench.Submit(bench.Children[0], findings: new[] { new { unit = "src/0.cs", citations = new[] { new { handle = FakeFiles.Handle("src/0.cs"), quote = "lie" } } } });
        Assert.Contains("0 of 1 quotes", receipt, StringComparison.Ordinal);
        Assert.Contains($"1 units have no finding: {FakeFiles.Handle("src/1.cs")}", receipt, StringComparison.Ordinal);
    }

    private static void Refused(HostBench bench, string words, string? answer = null, object? findings = null)
    {
        var refusal = Assert.Throws<RecursionException>(() => bench.Submit(bench.Children[0], answer, findings));
        Assert.Equal("bad_argument", refusal.Code);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    private static HostBench Begun(RecurseRequest request)
    {
        var bench = new HostBench(new(("src/0.cs", "zero"), ("src/1.cs", "one")), request);
        bench.Begin();
        return bench;
    }
}
