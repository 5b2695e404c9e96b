using System.Text;
using System.Text.Json;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Hosting;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Tests.Agent;

namespace Rlm.Recursion.Tests.Hosting;

public class HostRunTests
{
    private static readonly RecurseRequest Explore = new("How are requests retried?"), Judge = new("Is it async?") { Mode = "map" };

    [Fact]
    public void SmallScope_IsOneBrief()
    {
        var bench = Begun(Files(3, 100), Explore);
        Assert.Equal((SessionStatus.NeedsHost, 1), (bench.State.Status, bench.Briefed.Count));
        Assert.Contains($"session: \"{bench.Children[0].Id}\"", bench.Children[0].State.Brief, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("claude-code", 8)]
    [InlineData("Visual Studio Code", 8)]
    [InlineData("codex-mcp-client", 8)]
    [InlineData("claude-ai", 1)]
    [InlineData(null, 1)]
    public void LargeScope_BriefsFitTheClient(string? client, int briefs)
    {
        var bench = Begun(Files(12, 200_000), Explore, client);
        Assert.Equal((12, briefs), (bench.Children.Count, bench.Briefed.Count));
        bench.Submit(bench.Briefed[0], "found");
        bench.Advance();
        Assert.Equal(briefs + 1, bench.Briefed.Count);
    }

    [Fact]
    public void Parts_HoldEveryFileOnce()
    {
        var bench = Begun(Files(40, 50_000), Judge);
        var covered = bench.Children.SelectMany(child => bench.Files.Units(child.Scope, UnitKind.File, CancellationToken.None).Units).Select(unit => unit.Handle).ToList();
        Assert.Equal(bench.Files.Units(ContextScope.Everything, UnitKind.File, CancellationToken.None).Units.Select(unit => unit.Handle), covered);
        Assert.Contains(bench.State.Notes, note => note.StartsWith("parts: 40 units", StringComparison.Ordinal));
    }

    [Fact]
    public void AllJudged_CompleteInOrderOfParts()
    {
        var bench = Begun(Files(40, 50_000), Judge);
        foreach (var child in bench.Children.Reverse()) bench.Judge(child);
        var state = bench.Advance();
        Assert.Equal((SessionStatus.Complete, 40, true, 40), (state.Status, state.Findings.Count, state.Answer.Ready, state.Coverage.Judged));
        Assert.Equal(state.Findings.Select(finding => finding.Unit).Order(StringComparer.Ordinal), state.Findings.Select(finding => finding.Unit));
        Assert.All(bench.Children, child => Assert.Equal(SessionStatus.Complete, child.State.Status));
    }

    [Fact]
    public void UnitDropped_PartialNamesItAndReopens()
    {
        var bench = Begun(Files(3, 100), Judge);
        bench.Judge(bench.Children[0], FakeFiles.Handle("src/01.cs"));
        var state = bench.Advance();
        Assert.Equal((SessionStatus.Partial, "1 units were not judged", 2, 1, 0), (state.Status, state.Reason, state.Coverage.Judged, state.Coverage.Failed, state.Coverage.Skipped));
        Assert.Contains("next: recurse(task: \"Is it async?\", over: [\"src/01.cs:1-9\"], mode: \"map\")", state.Notes);
    }

    [Fact]
    public void ClosedEarly_MissingPartsAreSkippedNotLost()
    {
        var bench = Begun(Files(12, 200_000), Judge);
        bench.Judge(bench.Children[0]);
        Assert.Equal(SessionStatus.NeedsHost, bench.Advance().Status);
        var state = bench.Advance(close: true);
        Assert.Equal((SessionStatus.Partial, 12, 1, 11), (state.Status, state.Coverage.Units, state.Coverage.Judged, state.Coverage.Skipped));
        Assert.Equal(SessionStatus.Failed, bench.Children[1].State.Status);
    }

    [Fact]
    public void NothingSubmitted_Failed() => Assert.Equal(SessionStatus.Failed, Begun(Files(2, 100), Judge).Advance(close: true).Status);

    [Fact]
    public void BeyondTheLimits_PartsAreNamedAndSkipped()
    {
        var bench = Begun(Files(12, 200_000), Judge, limits: new() { Calls = 5, Depth = 2 });
        Assert.Equal(5, bench.Children.Count);
        Assert.Contains(bench.State.Notes, note => note.StartsWith("7 of 12 parts (7 units", StringComparison.Ordinal));
        foreach (var child in bench.Children) bench.Judge(child);
        Assert.Equal((SessionStatus.Partial, 5, 7), (bench.Advance().Status, bench.State.Coverage.Judged, bench.State.Coverage.Skipped));
    }

    [Fact]
    public void NoDepthLeft_ParentItselfIsTheBrief()
    {
        var bench = Begun(Files(3, 100), Explore, limits: new() { Depth = 0 });
        Assert.Empty(bench.Children);
        bench.Submit(bench.Session, "three times");
        Assert.Equal((SessionStatus.Complete, new Answer("three times", true)), (bench.Advance().Status, bench.State.Answer));
    }

    [Fact]
    public void Exploring_CoverageIsWhatWasReadUnderTheSession()
    {
        var bench = Begun(Files(3, 100), Explore);
        bench.ShownBy[bench.Children[0].Id] = ["src/02.cs:4-7@11111111"];
        bench.Submit(bench.Children[0], "three times");
        var state = bench.Advance();
        Assert.Equal((SessionStatus.Complete, 3, 1, 2), (state.Status, state.Coverage.Units, state.Coverage.Judged, state.Coverage.Skipped));
        Assert.Contains("coverage is host-reported", state.Notes);
    }

    [Fact]
    public void ReducePrompt_IsJoinedAndSaysSo()
    {
        var bench = Begun(Files(12, 200_000), Explore with { Merge = "Summarize in one sentence.", Mode = "agent" });
        for (var at = 0; at < 12; at++) bench.Submit(bench.Children[at], $"part {at}");
        var state = bench.Advance();
        Assert.Equal(string.Join('\n', Enumerable.Range(0, 12).Select(at => $"part {at}")), state.Answer.Content);
        Assert.Contains(state.Notes, note => note.EndsWith("apply to them: Summarize in one sentence.", StringComparison.Ordinal));
    }

    [Fact]
    public void Counts_AreMadeByCodeWithoutUnsupported()
    {
        var bench = Begun(Files(2, 100), Judge with { Merge = "count" });
        bench.Submit(bench.Children[0], findings: new object[]
        {
            new { unit = "src/00.cs", value = "yes", citations = new[] { new { handle = FakeFiles.Handle("src/00.cs"), quote = "xxx" } } },
            new { unit = "src/01.cs", value = "yes", citations = new[] { new { handle = FakeFiles.Handle("src/01.cs"), quote = "lie" } } },
        });
        Assert.Equal("count: 1", bench.Advance().Answer.Content);
    }

    [Fact]
    public void RestartInBetween_BeginAgainOpensNothingTwice()
    {
        var bench = Begun(Files(12, 200_000), Explore);
        bench.Begin();
        Assert.Equal((12, 8), (bench.Children.Count, bench.Briefed.Count));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("ü😀\"\n\\")]
    public void AnyTask_BriefStaysBelow300TokensAndNamesHowToSubmit(string character)
    {
        var random = new Random(7);
        for (var run = 0; run < 50; run++)
        {
            var task = string.Concat(Enumerable.Repeat(character, random.Next(1, 3_000)));
            var schema = JsonSerializer.SerializeToElement(new { type = "object", description = new string('d', random.Next(0, 2_000)) });
            var bench = Begun(new((new string('p', random.Next(1, 3_000)) + ".cs", "text"), ("z.cs", "text")), new(task) { Schema = schema });
            var brief = bench.Children[0].State.Brief!;
            Assert.InRange(Encoding.UTF8.GetByteCount(brief), 1, Brief.MaxBytes);
            Assert.Contains($"session(id: \"{bench.Children[0].Id}\", action: \"submit\"", brief, StringComparison.Ordinal);
        }
    }

    private static HostBench Begun(FakeFiles files, RecurseRequest request, string? client = "claude-code", Limits? limits = null)
    {
        var bench = new HostBench(files, request, client!, limits);
        bench.Begin();
        return bench;
    }

    private static FakeFiles Files(int count, int characters) => new([.. Enumerable.Range(0, count).Select(at => ($"src/{at:00}.cs", new string('x', characters)))]);
}
