using Rlm.Recursion.Programs;

namespace Rlm.Recursion.Tests.Programs;

/// <summary>The draft in <c>answer['content']</c>: whatever ends a program, it is kept, or the result says that it is not.</summary>
public class DraftTests
{
    private static readonly ProgramLimits Killing = new() { Calls = 50 };

    public static TheoryData<string> Engines => ProgramBench.Engines;

    [Theory, MemberData(nameof(Engines))]
    public void ProgramThatIsKilled_LeavesItsDraft(string engine)
    {
        using var bench = new ProgramBench(engine, limits: Killing);
        Assert.Null(bench.Run("x = 1\nanswer['content'] = 'begun'").Error);
        var report = bench.Next("x = 2\nn = 0\nwhile True:\n    n += 1\n    if n < 30:\n        answer['content'] = 'half of it ' + str(n)\n    outline('x')");
        Assert.Equal("call_limit", report.Error?.Type);
        Assert.Equal("half of it 29", report.Answer?.Content);
        Assert.Contains("its draft in answer['content'] (13 characters)", Assert.Single(report.Notes), StringComparison.Ordinal);
        Assert.Equal("half of it 29", bench.Session!.Answer.Content);
        Assert.Equal("(1, 'half of it 29')", bench.Next("(x, answer['content'])").Value);
        bench.Restart();
        Assert.Equal("'half of it 29'", bench.Next("answer['content']").Value);
    }

    [Theory]
    [InlineData("answer['content'] = 'kept'\nimport os\nos._exit(3)")]
    [InlineData("answer['content'] = 'kept'\nsum(range(10**15))")]
    [InlineData("answer.update(content='kept')\nsum(range(10**15))")]
    [InlineData("answer = {'content': 'kept'}\nimport time\nn = time.monotonic()\nwhile time.monotonic() < n + 0.3: pass\nsum(range(10**15))")]
    [InlineData("answer['content'] = ''\nfor i in range(200000):\n    answer['content'] = 'x' * (i % 1000)\nanswer['content'] = 'kept'\nimport time\nn = time.monotonic()\nwhile time.monotonic() < n + 0.3: pass\nsum(range(10**15))")]
    public void Draft_IsToldAsItIsSet(string code)
    {
        using var bench = new ProgramBench("cpython");
        var report = bench.Run(code, seconds: 1.5);
        Assert.Contains(report.Error?.Type, (string[])["worker_ended", "timeout"]);
        Assert.Equal("kept", bench.Session!.Answer.Content);
    }

    [Theory, MemberData(nameof(Engines))]
    public void AnswerThatIsAText_IsTheDraft(string engine)
    {
        using var bench = new ProgramBench(engine);
        Assert.Empty(bench.Run("answer = 'all of it'").Notes);
        Assert.Equal("all of it", bench.Session!.Answer.Content);
    }

    [Theory]
    [InlineData("answer = 5", "answer is a int")]
    [InlineData("answer['content'] = 'x'\ndel answer", "no draft was taken")]
    [InlineData("answer = ['a']", "answer is a list")]
    public void AnswerThatIsNoDraft_IsSaid(string code, string note)
    {
        foreach (var engine in ProgramBench.Engines.Select(row => row.Data))
        {
            using var bench = new ProgramBench(engine);
            if (engine == "builtin" || code[0] != '#') Assert.Contains(note, Assert.Single(bench.Run(code).Notes), StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public void Draft_BesideWhatIsNoPlainData_OrTooLong_IsKept(string engine)
    {
        using var bench = new ProgramBench(engine, limits: new() { PlainCharacters = 100_000 });
        var report = bench.Run("answer['content'] = 'the text'\nanswer['how'] = len");
        Assert.Equal("the text", report.Answer?.Content);
        Assert.Equal("{1: (2, None)}", bench.Next("answer['content'] = {1: (2, None)}").Answer?.Content);
        Assert.Equal("['f0', 'f1',", bench.Next("answer['content'] = files('x')").Answer?.Content[..12]);
        Assert.Equal("f999']", bench.Session!.Answer.Content[^6..]);
        Assert.Equal(200_000, bench.Next("answer['content'] = 'y' * 200000").Answer?.Content.Length);
        report = bench.Next("answer['content'] = 'z' * 500000");
        Assert.Contains("the draft is cut: 100,000 characters", Assert.Single(report.Notes), StringComparison.Ordinal);
        Assert.EndsWith("z… 100000 characters cut", report.Answer?.Content, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public void LoopOfHostCalls_ThatCatchesErrors_EndsSoftly(string engine)
    {
        using var bench = new ProgramBench(engine, limits: new() { Calls = 10_000_000 });
        Assert.Null(bench.Run("n = 0").Error);
        var report = bench.Next("while True:\n    try:\n        outline('x')\n        n += 1\n    except Exception:\n        pass", seconds: 2);
        Assert.Equal("timeout", report.Error?.Type);
        Assert.True(report.Calls > 1_000);
        Assert.NotNull(report.Kept);
        Assert.Equal("True", bench.Next("n > 1000").Value);
        // Caught by all means it is told again at the end.
        Assert.Equal("timeout", bench.Next("for i in range(100000):\n    try:\n        outline('x')\n    except:\n        caught = i", seconds: 1).Error?.Type);
        Assert.Equal("True", bench.Next("n > 1000").Value);
    }
}
