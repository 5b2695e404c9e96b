using Rlm.Recursion;

namespace Rlm.Mcp.Tests.Tools;

/// <summary>What the operator keeps apart is never joined: by a session, a child, a set, or a file that comes later.</summary>
public sealed class BoundaryTests : IDisposable
{
    private readonly ToolBench _bench = new ToolBench { Recursion = With("host") }
        .Write("left/a.txt", "needle left\n").Write("right/b.txt", "needle right\n").Write("free/c.txt", "needle free\n");

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("[]")]
    [InlineData("""["left","right"]""")]
    [InlineData("""["left | right"]""")]
    [InlineData("""["left/a.txt:1","right/b.txt:1"]""")]
    [InlineData("""["*.txt - free"]""")]
    public void ScopeOverTwo_IsRefusedAndToldHowToNarrow(string over)
    {
        foreach (var model in new[] { "host", "extractive" })
        {
            Use(With(model));
            var error = _bench.Error("recurse", $$"""{"task":"needle","over":{{over}}}""");
            Assert.StartsWith("out_of_scope: this scope touches the boundaries L and R", error);
            Assert.Contains("Narrow over", error);
        }
    }

    [Theory]
    [InlineData("""["left"]""", "left/a.txt")]
    [InlineData("""["left","free"]""", "free/c.txt left/a.txt")]
    [InlineData("""["free"]""", "free/c.txt")]
    public void ScopeOverOne_SeesThatOneOnly(string over, string expected)
    {
        var id = Ask(over);
        _bench.Write("right/sub/d.txt", "needle late\n").Write("free/e.left.txt", "");
        Assert.Equal(expected, Seen(id));
        Assert.StartsWith("out_of_scope: ", _bench.Error("read", new { targets = "right/b.txt", session = id }));
    }

    [Fact]
    public void FileThatComesLaterIntoAnotherBoundary_StaysOut()
    {
        Use(With("host") with { Boundaries = new Dictionary<string, string> { ["L"] = "*.left", ["R"] = "*.right" } });
        var id = Ask("""["free"]""");
        _bench.Write("free/x.left", "needle\n").Write("free/x.right", "needle\n").Write("free/y.txt", "needle\n");
        Assert.Equal("free/c.txt free/y.txt", Seen(id));
    }

    [Fact]
    public void FolderNamedLikeAnExpressionOfOurs_OpensNothing()
    {
        _bench.Write(". - (right)/x.txt", "needle\n").Write("(right)/x.txt", "needle\n");
        Assert.DoesNotContain("right/b.txt", Seen(Ask("""["left"]""")).Split(' '));
    }

    [Fact]
    public void AllowedTogether_IsOneSession()
    {
        Use(With("host") with { Allowed = [["L", "R"]] });
        Assert.Equal("free/c.txt left/a.txt right/b.txt", Seen(Ask("[]")));
    }

    [Fact]
    public void Set_JoinsNoTwo()
    {
        Assert.StartsWith("out_of_scope: the set @both touches the boundaries L and R", _bench.Error("search", new { pattern = "needle", @as = "both" }));
        Assert.StartsWith("unknown_set: ", _bench.Error("search", new { pattern = "needle", @in = "@both" }));
        Assert.Contains("kept: @one", _bench.Text("search", new { pattern = "needle", @in = "left | free", @as = "one" }));
        Assert.StartsWith("out_of_scope: ", _bench.Error("map", new { @as = "all" }));
    }

    [Fact]
    public void SessionOfEarlierBoundaries_IsNotGoneOnWith()
    {
        Use(With("host") with { Boundaries = new Dictionary<string, string>() });
        var (id, left) = (Ask("[]"), Ask("""["left"]"""));
        Use(With("host"));
        Assert.StartsWith("out_of_scope: the operator's boundaries have changed", _bench.Error("read", new { targets = "left/a.txt", session = id }));
        Assert.StartsWith("out_of_scope: ", _bench.Error("session", new { id, action = "wait" }));
        Assert.NotEqual(left, Ask("""["left"]"""));
    }

    [Theory]
    [InlineData("anthropic:m", "not_available: boundary L is local-only, and anthropic:m sends what it reads away")]
    [InlineData("anthropic:m@http://localhost:1/v1", "not_available: boundary L is local-only")]
    [InlineData("openai:m@http://models.example/v1", "not_available: boundary L is local-only")]
    [InlineData("cli:claude", "not_available: boundary L is local-only")]
    [InlineData("sampling", "not_available: boundary L is local-only")]
    public void LocalOnly_SendsNothingAway(string model, string expected)
    {
        Use(With(model) with { BoundaryBackEnds = new Dictionary<string, string> { ["L"] = "local-only" } });
        Assert.StartsWith(expected, _bench.Error("recurse", new { task = "needle", over = "left", mode = "ask" }));
    }

    [Fact]
    public void OwnBackEnd_IsTakenAndTold()
    {
        Use(With("anthropic:m") with { BoundaryBackEnds = new Dictionary<string, string> { ["L"] = "host" } });
        var text = _bench.Text("recurse", new { task = "needle", over = "left", mode = "map" });
        Assert.Contains("model host (the operator's for boundary L)", text.Split('\n')[0]);
        Assert.DoesNotContain("anthropic", text);
    }

    [Fact]
    public void BoundaryThatNamesNothing_IsClosed()
    {
        Use(With("host") with { Boundaries = new Dictionary<string, string> { ["L"] = "nosuch/folder" } });
        Assert.StartsWith("not_available: boundary L = nosuch/folder cannot be told from the rest", _bench.Error("recurse", new { task = "needle", over = "free" }));
    }

    private static RecursionOptions With(string model) => new() { Model = model, Boundaries = new Dictionary<string, string> { ["L"] = "left", ["R"] = "right" } };

    private void Use(RecursionOptions options)
    {
        _bench.Recursion = options;
        _bench.Restart();
    }

    private string Ask(string over) => _bench.Json("recurse", $$"""{"task":"needle","mode":"map","over":{{over}}}""", unlimited: false).Str("session")!;

    private string Seen(string id) => string.Join(' ', _bench.Json("search", new { pattern = "needle", session = id }).List("matches").Select(match => match.Str("path")).Distinct().Order(StringComparer.Ordinal));
}
