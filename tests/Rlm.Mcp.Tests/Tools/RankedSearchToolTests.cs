namespace Rlm.Mcp.Tests.Tools;

public sealed class RankedSearchToolTests : IDisposable
{
    private readonly ToolBench _bench = SampleRepository.Create();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Text_HasRegionsWithTheirBestLines()
    {
        var lines = _bench.Lines("search", new { pattern = "how is a shape scaled by a factor?", mode = "ranked", @in = "src" });
        Assert.Matches(@"^search ranked ""how is a shape scaled by a factor\?"" in src · shown ([0-9]+) of the best \1 regions in [0-9]+ files · (complete|provisional) · snapshot ", lines[0]);
        Assert.Matches(@"^src/Shapes\.cs:[0-9]+-[0-9]+@[0-9a-f]{8} · Geo\.Shape`1\.Scale\(double\) \[method\]$", lines[1]);
        Assert.Matches(@"^[0-9]+\t +", lines[2]);
        Assert.Contains(lines, line => line.StartsWith("words: shape, scaled", StringComparison.Ordinal));
        Assert.StartsWith("next: read(targets: [\"src/Shapes.cs:", lines[^1]);
    }

    [Fact]
    public void JsonHit_HasTheFieldsOfTheContract()
    {
        var answer = _bench.Json("search", new { pattern = "scale a shape", mode = "ranked" });
        Assert.Equal(("ranked", "scale a shape"), (answer.Str("mode"), answer.Str("pattern")));
        Assert.Equal(answer.Int("total"), answer.Int("shown"));
        var hit = answer.List("hits").First();
        Assert.Equal(("src/Shapes.cs", "method"), (hit.Str("path"), hit.Str("kind")));
        Assert.StartsWith("src/Shapes.cs#Geo.Shape`1.Scale(", hit.Str("symbol"));
        Assert.Equal($"src/Shapes.cs:{hit.Int("start")}-{hit.Int("end")}", hit.Str("handle")!.Split('@')[0]);
        var slice = _bench.Json("read", new { targets = hit.Str("handle") }).List("slices").Single();
        Assert.All(hit.Str("snippet")!.Split('\n'), line => Assert.Contains(line, slice.Str("text")));
        Assert.Equal(_bench.Json("map", new { }).List("entries").First().Int("files"), answer["ranked"]!.Int("indexed") + answer["ranked"]!.Int("scanned") + answer["ranked"]!.Int("large"));
    }

    [Fact]
    public void Cursor_ContinuesToTheEnd()
    {
        var all = _bench.Json("search", new { pattern = "needle shape scale class", mode = "ranked" }).List("hits").Select(hit => hit.Str("handle")).ToArray();
        var paged = new List<string?>();
        object arguments = new { pattern = "needle shape scale class", mode = "ranked", limit = 2 };
        for (var page = 0; page < 50; page++)
        {
            var answer = _bench.Json("search", arguments);
            paged.AddRange(answer.List("hits").Select(hit => hit.Str("handle")));
            if (answer.Str("cursor") is not { } cursor) break;
            Assert.False(answer.Bool("complete"));
            arguments = new { cursor };
        }
        Assert.True(all.Length > 4);
        Assert.Equal(all, paged);
    }

    [Fact]
    public void SmallBudget_KeepsItsSize()
    {
        var result = _bench.Call("search", new { pattern = "needle shape scale class", mode = "ranked", budget = 200 });
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(result.Text), 1, 800);
        Assert.Contains("partial: ", result.Text);
        Assert.Contains("cursor: ", result.Text);
    }

    [Fact]
    public void As_KeepsTheRegions()
    {
        var answer = _bench.Json("search", new { pattern = "scale a shape", mode = "ranked", @as = "shapes" });
        Assert.Equal(answer.Int("total"), answer["set"]!.Int("items"));
        Assert.Contains("src/Shapes.cs", _bench.Text("search", new { pattern = "scale", @in = "@shapes" }));
    }

    [Fact]
    public void NothingFound_SaysWhichWordsAreNowhere()
    {
        var lines = _bench.Lines("search", new { pattern = "zzzzz qqqqq", mode = "ranked" });
        Assert.Contains(" · shown 0 of the best 0 regions in 0 files · ", lines[0]);
        Assert.Contains("nowhere: zzzzz, qqqqq", lines);
        Assert.Contains(lines, line => line.StartsWith("covered: ", StringComparison.Ordinal));
    }
}
