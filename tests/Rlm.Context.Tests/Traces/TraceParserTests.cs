using Rlm.Context.Traces;

namespace Rlm.Context.Tests.Traces;

public class TraceParserTests
{
    [Theory]
    [InlineData("   at Ns.Type.Method(String s, Int32 n) in /src/A.cs:line 12", "/src/A.cs", 12, "Ns.Type.Method")]
    [InlineData("  at Ns.Type.Method (System.String s) [0x0001f] in /src/A.cs:12", "/src/A.cs", 12, "Ns.Type.Method")]
    [InlineData("   at Ns.Type`1.Method[T](T x) in C:\\w\\A.cs:line 7", "C:/w/A.cs", 7, "Ns.Type.Method")]
    [InlineData("   at Ns.Type.<Run>d__5.MoveNext() in /a/B.cs:line 3", "/a/B.cs", 3, "Ns.Type.Run")]
    [InlineData("   at Ns.Type.<>c__DisplayClass4_0.<Go>b__1(Int32 x) in /a/B.cs:line 3", "/a/B.cs", 3, "Ns.Type.Go")]
    [InlineData("   at Ns.Type.<Go>g__Inner|4_0(Int32 x)", null, null, "Ns.Type.Go")]
    [InlineData("   at Ns.Outer+Inner..ctor()", null, null, "Ns.Outer.Inner.Inner")]
    [InlineData("  File \"src/app.py\", line 12, in main", "src/app.py", 12, "main")]
    [InlineData("  File \"/x/app.py\", line 3, in <module>", "/x/app.py", 3, null)]
    [InlineData("    at async Pump.start (/w/src/pump.ts:10:5)", "/w/src/pump.ts", 10, "Pump.start")]
    [InlineData("    at file:///w/src/pump.mjs:10:5", "/w/src/pump.mjs", 10, null)]
    [InlineData("    at new Pump (webpack:///./src/pump.js:4:9)", "/./src/pump.js", 4, "Pump")]
    [InlineData("\tat com.acme.app.Main.run(Main.java:42)", "com/acme/app/Main.java", 42, "com.acme.app.Main.run")]
    [InlineData("\tat java.base/java.util.ArrayList.get(ArrayList.java:427)", "java/util/ArrayList.java", 427, "java.util.ArrayList.get")]
    [InlineData("\tat com.acme.Outer$Inner.<init>(Outer.java:5)", "com/acme/Outer.java", 5, "com.acme.Outer.Inner.Inner")]
    [InlineData("\t/home/u/app/server.go:31 +0x1d4", "/home/u/app/server.go", 31, null)]
    [InlineData("src\\Core\\A.cs(12,3): error CS0103: The name 'x' does not exist [C:\\a\\A.csproj]", "src/Core/A.cs", 12, null)]
    [InlineData("src/a.ts(12,3): error TS2322: Type", "src/a.ts", 12, null)]
    [InlineData("src/a.ts:12:3 - error TS2322: Type", "src/a.ts", 12, null)]
    [InlineData("src/a.c:12:3: warning: unused", "src/a.c", 12, null)]
    [InlineData("tests/test_a.py:12: AssertionError", "tests/test_a.py", 12, null)]
    [InlineData("  --> src/main.rs:12:5", "src/main.rs", 12, null)]
    [InlineData("thread 'main' panicked at src/main.rs:4:5:", "src/main.rs", 4, null)]
    [InlineData("             at ./src/main.rs:4:5", "./src/main.rs", 4, null)]
    public void Frame_IsRead(string line, string? path, int? number, string? symbol)
    {
        var frame = Assert.Single(TraceParser.Parse(line).Frames);
        Assert.Equal((path, number, symbol), (frame.Path, frame.Line, frame.Symbol));
    }

    [Theory]
    [InlineData("src/A.cs:10:5-80")]
    [InlineData("src/A.cs:10:5")]
    [InlineData("src/A.cs:10-42@3fa9c1d2")]
    [InlineData("src/A.cs:10")]
    [InlineData("a b/f(1).cs")]
    [InlineData("src/A.cs#Ns.A.M(int)")]
    [InlineData("A.M(int)")]
    public void Target_IsNoFrame(string target) => Assert.False(TraceParser.IsFrameShaped(target));

    [Fact]
    public void GoFunction_IsToldByTheLineAbove()
    {
        var frames = TraceParser.Parse("goroutine 1 [running]:\nexample.com/app/srv.(*Server).Run(0xc0001, {0x1, 0x2})\n\t/home/u/srv/server.go:31 +0x1d4\n").Frames;
        Assert.Equal("srv.Server.Run", frames[^1].Symbol);
        Assert.Equal("/home/u/srv/server.go", frames[^1].Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Unhandled exception. System.Exception: at the disco (12)")]
    [InlineData("Traceback (most recent call last):")]
    [InlineData("we met at 10:30 and at Foo")]
    [InlineData("if (x) { return y; } // a.b: 3")]
    [InlineData("public void Run(int a)")]
    public void OtherLines_AreNoFrames(string line)
    {
        Assert.Empty(TraceParser.Parse(line).Frames);
        Assert.False(TraceParser.IsFrameShaped(line));
    }

    [Theory]
    [InlineData("at ", 200_000)]
    [InlineData("at a.", 100_000)]
    [InlineData("a/b.c:1:", 60_000)]
    [InlineData("File \"x\", line 1, in f\n", 30_000)]
    [InlineData("((((", 60_000)]
    public void HostileSizes_AreCut(string piece, int count)
    {
        var (frames, left) = TraceParser.Parse(string.Concat(Enumerable.Repeat(piece, count)));
        Assert.InRange(frames.Count, 0, TraceParser.MaxLines);
        if (piece.EndsWith('\n')) Assert.Equal(count + 1 - TraceParser.MaxLines, left);
    }
}
