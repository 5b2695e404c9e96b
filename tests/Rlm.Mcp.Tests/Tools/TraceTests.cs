namespace Rlm.Mcp.Tests.Tools;

/// <summary>Pasted traces as targets of read and as patterns of search.</summary>
public sealed class TraceTests : IDisposable
{
    private const string Trace = """
        Unhandled exception. System.InvalidOperationException: no
           at Ns.Pump.Start(String s) in C:\build\app\src\Pump.cs:line 5
           at Ns.Pump.Stop()
           at System.Threading.Tasks.Task.Run(Action action)
        --- End of stack trace ---
           at Ns.Gone.Run() in /build/app/src/Gone.cs:line 9
        """;

    private readonly ToolBench _bench = new();

    public TraceTests() => _bench
        .Write("src/Pump.cs", "namespace Ns;\nclass Pump\n{\n    void Start(string s)\n    {\n        throw null;\n    }\n    void Stop() { }\n}\n")
        .Write("other/Pump.cs", "class Other { void Start() { } }\n")
        .Write("app/main.py", "def run():\n    pass\n\ndef go():\n    run()\n");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Read_ShowsFramesThatAreHereAndTellsTheOthers()
    {
        var lines = _bench.Lines("read", new { targets = new[] { Trace } });
        Assert.StartsWith("read 1 target · shown 2 of 2 slices · complete", lines[0]);
        Assert.StartsWith("frames not here: at System.Threading.Tasks.Task.Run(Action action) (no such symbol here); at Ns.Gone.Run() in /build/app/src/Gone.cs:line 9 (no such file here)", lines[1]);
        Assert.Contains(lines, line => line.StartsWith("== src/Pump.cs:4-7@", StringComparison.Ordinal) && line.EndsWith(" · frame: line 5, by path", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("== src/Pump.cs:8-8@", StringComparison.Ordinal) && line.EndsWith(" · frame: line 8, by symbol", StringComparison.Ordinal));
        Assert.Contains("6\t        throw null;", lines);
        var json = _bench.Json("read", new { targets = new[] { Trace } });
        Assert.Equal(2, json.List("framesNotHere").Count());
        Assert.Equal("frame: line 5, by path", json.List("slices").First().Str("frame"));
    }

    [Fact]
    public void Search_GivesPlacesWithHandles()
    {
        var answer = _bench.Json("search", new { pattern = Trace });
        Assert.Equal(["src/Pump.cs:5 src/Pump.cs#Ns.Pump.Start", "src/Pump.cs:8 src/Pump.cs#Ns.Pump.Stop"], answer.List("matches").Select(match => $"{match.Str("path")}:{match.Int("line")} {match.Str("symbol")}"));
        Assert.Equal(("trace", 2, 4), (answer.Str("mode"), answer.Int("total"), answer.Int("frames")));
        Assert.Contains("5\t    {", _bench.Lines("read", new { targets = new[] { answer.List("matches").First().Str("handle") } }));
    }

    [Theory]
    [InlineData("src\\Pump.cs(6,9): error CS0246: no such type", "src/Pump.cs:6")]
    [InlineData("  File \"/w/app/main.py\", line 5, in go", "app/main.py:5")]
    [InlineData("app/main.py:2: AssertionError", "app/main.py:2")]
    [InlineData("   at Ns.Pump.Start(String s) in /elsewhere/Pump.cs:line 6", "src/Pump.cs:6")]
    [InlineData("   at Ns.Pump.Start(String s) in /w/src/Pump.cs:line 900", "src/Pump.cs:4")]
    public void OneFrame_IsFoundToo(string frame, string expected) =>
        Assert.Equal(expected, string.Join(' ', _bench.Json("search", new { pattern = frame }).List("matches").Select(match => $"{match.Str("path")}:{match.Int("line")}")));

    [Fact]
    public void FrameThatStandsInAFile_IsAnOrdinaryHit()
    {
        _bench.Write("log.txt", "x\nsrc/Pump.cs(6,9): error CS0246: no\n");
        Assert.Equal("literal", _bench.Json("search", new { pattern = "src/Pump.cs(6,9): error CS0246: no" }).Str("mode"));
    }

    [Fact]
    public void FileOfThatNameElsewhere_IsNoFrame()
    {
        Assert.Equal(0, _bench.Json("search", new { pattern = "a\n   at Acme.Pump.Fly() in /acme/Pump.cs:line 1" }).Int("total"));
        Assert.StartsWith("unknown_path: a trace of 1 frames was given; none of them is here", _bench.Error("read", new { targets = "a\n   at Acme.Pump.Fly() in /acme/Pump.cs:line 1" }));
    }

    [Fact]
    public void FileWhoseNameLooksLikeATrace_IsRead()
    {
        _bench.Write("a\nsrc/Pump.cs", "one\ntwo\n");
        Assert.Contains("1\tone", _bench.Lines("read", new { targets = "a\nsrc/Pump.cs:1-2" }));
        Assert.Equal("a\nsrc/Pump.cs", _bench.Json("read", new { targets = "a\nsrc/Pump.cs:2:1-2" }).List("slices").Single().Str("path"));
    }

    [Fact]
    public void HugeTrace_IsCutAndSaid()
    {
        var huge = string.Concat(Enumerable.Range(1, 5_000).Select(n => $"   at Ns.Pump.M{n}() in /w/src/Pump.cs:line {n}\n"));
        var lines = _bench.Lines("search", new { pattern = huge });
        Assert.Contains(lines, line => line.Contains("lines beyond the limit, not read", StringComparison.Ordinal) && line.Contains("frames beyond the limit, not looked up", StringComparison.Ordinal));
    }

    [Fact]
    public void Scope_HoldsForPlaces()
    {
        Assert.Equal(0, _bench.Json("search", new { pattern = Trace, @in = "other" }).Int("total"));
        Assert.Contains("outside of the scope: 2 places", _bench.Lines("search", new { pattern = Trace, @in = "other" }));
    }
}
