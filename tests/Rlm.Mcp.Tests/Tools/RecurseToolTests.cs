namespace Rlm.Mcp.Tests.Tools;

public sealed class RecurseToolTests : IDisposable
{
    private readonly ToolBench _bench = SampleRepository.Create();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Text_IsLabelledAsEvidence()
    {
        var lines = _bench.Lines("recurse", new { task = "How is a shape scaled by a factor?" });
        Assert.StartsWith("no session · ", lines[0]);
        Assert.Contains("evidence, not an answer (no model)", lines[0]);
        Assert.Matches(@"^src/Shapes\.cs:[0-9]+-[0-9]+@[0-9a-f]{8} · Geo\.Shape`1\.Scale\(", lines[1]);
        Assert.Contains(lines, line => line.StartsWith("coverage: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("next: read(targets: [\"src/Shapes.cs:", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_SpendsNothingAndQuotesExactly()
    {
        var answer = _bench.Json("recurse", new { task = "How is a shape scaled by a factor?" });
        Assert.Equal(("extractive", "", false, 0), (answer.Str("backend"), answer.Str("answer"), answer.Bool("ready"), answer["spent"]!.Int("calls")));
        Assert.NotEmpty(answer.List("findings"));
        foreach (var finding in answer.List("findings"))
        {
            var citation = finding.List("citations").Single();
            Assert.Equal("exact", citation.Str("checked"));
            var slice = _bench.Json("read", new { targets = citation.Str("handle") }).List("slices").Single();
            Assert.All(citation.Str("quote")!.Split('\n'), line => Assert.Contains(line, slice.Str("text")));
        }
        var coverage = answer["coverage"]!;
        Assert.Equal(coverage.Int("units"), coverage.Int("judged") + coverage.Int("failed") + coverage.Int("skipped"));
    }

    [Fact]
    public void NothingFound_IsPartial()
    {
        var result = _bench.Call("recurse", new { task = "zzzzz qqqqq" });
        Assert.True(result is { IsError: false, IsPartial: true });
        Assert.StartsWith("no session · failed: no ", result.Text);
    }

    [Theory]
    [InlineData("""["src/Deep"]""", "src/Deep/Er/Leaf.cs")]
    [InlineData("""["docs","tools"]""", "docs/guide.md tools/run.py")]
    [InlineData("""["*.py | docs"]""", "docs/guide.md tools/run.py")]
    [InlineData("""["src/Crlf.cs:3","docs"]""", "docs/guide.md src/Crlf.cs")]
    [InlineData("""["Crlf.needle"]""", "src/Crlf.cs")]
    [InlineData("\"src/Crlf.cs:1-2\"", "")]
    public void Over_IsExactlyThatScope(string over, string expected)
    {
        var findings = _bench.Json("recurse", $$"""{"task":"needle","over":{{over}}}""").List("findings").Select(finding => finding.Str("unit")!.Split(':')[0]);
        Assert.Equal(expected, string.Join(' ', findings.Distinct().Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void OverASet_SeesOnlyItsLines()
    {
        _bench.Text("search", new { pattern = "int needle", @as = "one" });
        Assert.StartsWith("src/Crlf.cs:3-3@", _bench.Json("recurse", new { task = "needle class", over = "@one" }).List("findings").Single().Str("unit"));
    }

    [Theory]
    [InlineData("""{}""", "bad_argument: task is missing")]
    [InlineData("""{"task":"  "}""", "bad_argument: task is missing")]
    [InlineData("""{"task":"x","mode":"ask"}""", "not_available: mode ask needs a model back end")]
    [InlineData("""{"task":"x","mode":"map"}""", "not_available: ")]
    [InlineData("""{"task":"x","mode":"agent"}""", "not_available: ")]
    [InlineData("""{"task":"x","mode":"best"}""", "bad_argument: mode \"best\" is not one of auto, ask, map, agent.")]
    [InlineData("""{"task":"x","per":"file"}""", "not_available: per needs a model back end")]
    [InlineData("""{"task":"x","schema":{}}""", "not_available: ")]
    [InlineData("""{"task":"x","merge":"count"}""", "not_available: ")]
    [InlineData("""{"task":"x","verify":true}""", "not_available: ")]
    [InlineData("""{"task":"x","dry_run":true}""", "not_available: ")]
    [InlineData("""{"task":"x","session":"s"}""", "unknown_session: ")]
    [InlineData("""{"task":"x","over":["nosuch/path"]}""", "unknown_path: ")]
    [InlineData("""{"task":"x","over":[".env"]}""", "secret_file: ")]
    [InlineData("""{"task":"x","nosuch":1}""", "bad_argument: recurse has no argument nosuch; it takes task, over, mode, per, schema, merge, verify, limits, wait, dry_run, budget")]
    public void Mistake_IsToldInOneLine(string arguments, string expected) => Assert.StartsWith(expected, _bench.Error("recurse", arguments));
}
