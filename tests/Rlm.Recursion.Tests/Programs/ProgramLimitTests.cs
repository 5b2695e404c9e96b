using System.Diagnostics;
using Rlm.Recursion.Programs;

namespace Rlm.Recursion.Tests.Programs;

/// <summary>Programs that take too much: a typed error within the limit and two seconds, and the next program works (RELIABILITY T22).</summary>
public class ProgramLimitTests
{
    private const double Limit = 1;

    private static readonly (string Name, string Code)[] Programs =
    [
        ("endless loop", "while True:\n    pass"),
        ("endless loop that catches everything", "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass"),
        ("endless recursion", "def f(n):\n    return f(n + 1)\nf(0)"),
        ("recursion without a guard", "import sys\nsys.setrecursionlimit(10**9)\ndef f(n):\n    return f(n + 1)\nf(0)"),
        ("deep data", "a = []\nfor i in range(300000):\n    a = [a]\nrepr(a)"),
        ("10 GB of bytes", "bytearray(10 * 2**30)"),
        ("10 GB of text", "len('x' * (10 * 2**30))"),
        ("10 GB in a list", "[0] * (10 * 2**27)"),
        ("10 GB in pieces", "parts = []\nwhile True:\n    parts.append('x' * 1000000 + str(len(parts)))"),
        ("a list without end", "import itertools\nlist(itertools.count())"),
        ("a huge number", "len(str(7 ** (10 ** 9)))"),
        ("doubling", "s = 'x'\nwhile True:\n    s = s + s"),
        ("fork loop", "import os\nwhile True:\n    os.fork()"),
        ("thread loop", "import threading\nwhile True:\n    threading.Thread(target=lambda: None).start()"),
        ("regex bomb", "import re\nre.match(r'(a+)+$', 'a' * 60 + 'b') or re.match(r'(a|aa)+$', 'a' * 200 + 'b')\nwhile True:\n    pass"),
        ("sort of everything", "sorted(str(n) for n in range(10**9))"),
        ("host calls without end", "while True:\n    outline('x')"),
        ("sets without end", "s = set()\nn = 0\nwhile True:\n    s.add(n)\n    n += 1"),
        ("exit", "import os\nos._exit(3)"),
        ("crash", "import ctypes\nctypes.string_at(0)"),
        ("sys.exit", "import sys\nsys.exit()"),
        ("a message that cannot be told", "class E(Exception):\n    def __str__(self):\n        raise ValueError()\nraise E()"),
    ];

    public static TheoryData<string, string> Cases => [.. ProgramBench.Engines.SelectMany(engine => Programs.Select(program => (engine.Data, program.Name)))];

    [Theory, MemberData(nameof(Cases))]
    public void Program_EndsWithATypedError_AndTheNextWorks(string engine, string name)
    {
        using var bench = new ProgramBench(engine, limits: new() { MemoryBytes = 512L << 20, Calls = 2_000 });
        Assert.Null(bench.Run("kept = 41").Error);
        var begun = Stopwatch.GetTimestamp();
        var report = bench.Next(Programs.Single(program => program.Name == name).Code, Limit);
        Assert.True(report.Error is { Type.Length: > 0 }, $"no error: {report.Value} {report.Stdout}");
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 0, Limit + 2);
        Assert.Equal((null, "42"), (bench.Next("kept + 1") is var next ? next.Error : null, next.Value));
    }

    public static TheoryData<string> Engines => ProgramBench.Engines;

    // As an error of Python's own: the worker lives on, with all its variables.
    [Theory]
    [InlineData("x = []\nwhile True:\n    x.append('y' * 1000000)")]
    [InlineData("x = []\nwhile True:\n    x.append(('y' * 1000000).upper() + str(len(x)))")]
    [InlineData("x = {}\nwhile True:\n    x[len(x)] = 'y' * 30000000")]
    [InlineData("x = []\nwhile True:\n    x.append(list(range(100000)))")]
    [InlineData("x = []\nwhile True:\n    x.append('é\u4e00' * 50000 + str(len(x)))")]
    [InlineData("x = ''\nwhile True:\n    x += 'y' * 1000000")]
    [InlineData("x = []\nwhile True:\n    x.append(json.dumps(['y' * 1000] * 1000))")]
    [InlineData("x = []\nwhile True:\n    x.append({str(n): n for n in range(1000)})")]
    [InlineData("x = []\nwhile True:\n    x.append(outline('y' * 1000000))")]
    [InlineData("x = []\nwhile True:\n    x.append(search('y' * 1000)[:2000])")]
    [InlineData("x = []\nwhile True:\n    x.append({str(n): {n} for n in range(1000)})")]
    [InlineData("class A:\n    pass\nx = []\nwhile True:\n    y = A()\n    y.a = {len(x)}\n    x.append(y)")]
    [InlineData("x = []\nwhile True:\n    x.append(lambda: x)")]
    [InlineData("x = []\nwhile True:\n    x.append(iter({len(x): set()}))")]
    [InlineData("x = []\nwhile True:\n    x.append(re.match('(a)(b)', 'ab' * 10))")]
    [InlineData("x = []\nwhile True:\n    x.append(collections.deque([frozenset([1])]))")]
    [InlineData("x = ['y' * 1000000] * 100\ny = []\nwhile True:\n    y.append(', '.join(x))")]
    [InlineData("x = 'y,' * 1000000\ny = []\nwhile True:\n    y.append(x.split(','))")]
    [InlineData("x = 'y,' * 1000000\ny = []\nwhile True:\n    y.append(re.findall('y', x))")]
    [InlineData("x = ['y' * 1000000] * 200\nrepr(x)")]
    [InlineData("x = ['y' * 1000000] * 200\njson.dumps(x)")]
    [InlineData("x = ['y' * 1000000] * 200\nprint(x)\nf'{x}{x}'")]
    public void TooMuchMemory_IsAMemoryError(string code)
    {
        foreach (var megabytes in Rounds.Of(20) > 1 ? (int[])[256, 512] : [256])
        {
            using var bench = new ProgramBench("builtin", limits: new() { MemoryBytes = (long)megabytes << 20 });
            Assert.Null(bench.Run("f = lambda: 41").Error);
            Assert.Equal("MemoryError", bench.Next(code, 60).Error?.Type);
            Assert.Equal("42", bench.Next("x = y = None\nf() + 1").Value);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public void Output_OfAGigabyte_IsCutAndCounted(string engine)
    {
        using var bench = new ProgramBench(engine);
        var report = bench.Run("line = 'x' * 1000000\nfor i in range(1000):\n    print(line)", seconds: 20);
        Assert.Null(report.Error);
        Assert.InRange(report.Stdout.Length, 60_000, 65_000);
        Assert.Equal(1_000_001_000 - report.Stdout.Length, report.Cut);
        Assert.Equal("2", bench.Next("1 + 1").Value);
    }

    [Theory, MemberData(nameof(Engines))]
    public void HugeValues_AreCut(string engine)
    {
        using var bench = new ProgramBench(engine);
        var report = bench.Run("['x' * 100 for i in range(10000)]");
        Assert.Null(report.Error);
        Assert.InRange(report.Value!.Length, 60_000, 65_000);
        Assert.EndsWith("characters cut", report.Value, StringComparison.Ordinal);
        Assert.Null(report.Plain);
    }

    [Theory, MemberData(nameof(Engines))]
    public void HostCalls_DoNotCountAgainstTheTime(string engine)
    {
        using var bench = new ProgramBench(engine, async (_, token) =>
        {
            await Task.Delay(1_300, token);
            return Doubles.Replies.Prose("late");
        });
        Assert.Equal("'late'", bench.Run("llm('slow')", seconds: 1).Value);
    }

    [Fact]
    public void VariablesTooLargeToKeep_StayWhileTheWorkerDoes_AndAreNamed()
    {
        using var bench = new ProgramBench("cpython", limits: new() { PlainCharacters = 10_000 });
        var report = bench.Run("small = 1\nlarge = 'x' * 20000");
        Assert.Equal(["large"], report.Lost);
        Assert.Equal("20000", bench.Next("len(large)").Value);
        bench.Restart();
        Assert.Contains("large", Assert.Single(bench.Next("small").Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void IdleWorkers_AreDropped_AndComeBackWithTheirVariables()
    {
        var time = new Doubles.ManualTime();
        using var bench = new ProgramBench("cpython", time: time);
        bench.Run("import math\nx = 3\nf = lambda: 1");
        time.Advance(TimeSpan.FromMinutes(30));
        var report = bench.Next("x");
        Assert.Equal("3", report.Value);
        Assert.Contains(report.Notes, note => note.Contains('f', StringComparison.Ordinal));
    }
}
