using System.Diagnostics;
using Rlm.Recursion.Programs.Language;

namespace Rlm.Recursion.Tests.Programs.Language;

/// <summary>Programs that want too much: each ends with its typed error, soon, and the next one runs.</summary>
public class LimitsTests
{
    private static readonly InterpreterLimits Limits = new() { MaxSteps = 20_000_000, MaxBytes = 64 << 20, MaxOutputBytes = 100_000 };

    public static TheoryData<string, string> Bombs => new()
    {
        { "while True: pass", "StepLimitError" },
        { "sum(range(10**12))", "StepLimitError" },
        { "max(i for i in range(10**12))", "StepLimitError" },
        { "import itertools\nlist(itertools.count())", "MemoryError|StepLimitError" },
        { "import itertools\nfor x in itertools.product(range(100), repeat=10): pass", "StepLimitError" },
        { "10**12 in iter(range(10**13))", "StepLimitError" },
        { "import itertools\nsum(itertools.repeat(1))", "StepLimitError" },
        { "def f():\n    while True: yield 1\nany(x == 2 for x in f())", "StepLimitError" },
        { "'a' * 10**10", "MemoryError" },
        { "[0] * 10**10", "MemoryError" },
        { "(0,) * 10**9", "MemoryError" },
        { "'ab' * 2**62", "OverflowError" },
        { "x = 'a'\nwhile True: x += x", "MemoryError" },
        { "x = [0]\nwhile True: x += x", "MemoryError" },
        { "x = []\nwhile True: x.append(1.5)", "MemoryError|StepLimitError" },
        { "x = {}\ni = 0\nwhile True:\n    x[i] = i\n    i += 1", "MemoryError" },
        { "x = set()\ni = 0\nwhile True:\n    x.add(i)\n    i += 1", "MemoryError" },
        { "x = ()\nwhile True: x = (x, x, 'a' * 1000)", "MemoryError|RecursionError" },
        { "'x'.join(['a' * 10**6] * 10**6)", "MemoryError" },
        { "('a' * 10**6).replace('a', 'b' * 10**6)", "MemoryError" },
        { "'{:>{w}}'.format(1, w=10**9)", "MemoryError" },
        { "f'{1:{10**9}}'", "MemoryError" },
        { "'%*d' % (10**9, 1)", "MemoryError" },
        { "'a'.center(10**9)", "MemoryError" },
        { "'a\\t'.expandtabs(10**9)", "MemoryError|OverflowError" },
        { "'5'.zfill(10**9)", "MemoryError" },
        { "list(range(10**9))", "MemoryError" },
        { "tuple(range(10**9))", "MemoryError" },
        { "[i for i in range(10**9)]", "MemoryError" },
        { "import re\nre.sub('', 'b' * 10**6, 'a' * 10**5)", "MemoryError" },
        { "7**10**8", "NotImplementedError" },
        { "1 << 10**10", "NotImplementedError" },
        { "x = 3\nwhile True: x = x * x", "NotImplementedError" },
        { "import math\nmath.factorial(10**7)", "NotImplementedError|StepLimitError" },
        { "pow(3, 10**4000, 10**4000 + 1)", "StepLimitError|NotImplementedError" },
        { "str(1 << 3000000)", "ValueError" },
        { "round(1.5, 10**9)\nround(10**6, -10**9)\n'%.1000000000f' % 1.5", "NotImplementedError" },
        { "def f(n): return f(n + 1)\nf(0)", "RecursionError" },
        { "f = lambda: f()\nf()", "RecursionError" },
        { "class A:\n    def __repr__(self): return repr(self)\nrepr(A())", "RecursionError" },
        { "class A:\n    def __eq__(self, o): return self == o\nA() == A()", "RecursionError" },
        { "class A:\n    def __getitem__(self, i): return self[i]\nA()[0]", "RecursionError" },
        { "class A:\n    def __iter__(self): return iter(self)\nlist(A())", "RecursionError" },
        { "class A:\n    def __hash__(self): return hash(self)\n{A(): 1}", "RecursionError" },
        { "def g():\n    yield from g()\nlist(g())", "RecursionError" },
        { "x = []\nfor i in range(100000): x = [x]\nprint(x)", "RecursionError" },
        { "x = []\ny = []\nfor i in range(100000): x, y = [x], [y]\nx == y", "RecursionError" },
        { "x = []\ny = []\nfor i in range(100000): x, y = [x], [y]\nx < y", "RecursionError" },
        { "x = ()\nfor i in range(100000): x = (x,)\nhash(x)", "|RecursionError" },
        { "x = ()\nfor i in range(100000): x = (x,)\n{x: 1}", "RecursionError" },
        { "import json\nx = []\nfor i in range(100000): x = [x]\njson.dumps(x)", "RecursionError" },
        { "import json\njson.loads('[' * 100000)", "RecursionError" },
        { "import json\njson.loads('{\"a\":' * 100000)", "RecursionError" },
        { "x = []\nfor i in range(100000): x = [x]\necho(x)", "TypeError" },
        { "x = iter([])\nfor i in range(100000): x = map(str, x)\nlist(x)", "RecursionError" },
        { "x = []\nfor i in range(100000): x = iter(filter(None, x))\nnext(x, 0)", "RecursionError" },
        { "x = 0\nfor i in range(100000):\n    def x(f=x): return f\nx()", "" },
        { "e = None\nfor i in range(5000):\n    try: raise ValueError(i) from e\n    except ValueError as x: e = x\nraise e", "ValueError" },
        { "import functools\nf = len\nfor i in range(100000): f = functools.partial(f)\nf('a')", "RecursionError" },
        { "import re\nre.match('(a+)+$', 'a' * 50000 + 'b')", "" },
        { "import re\nre.compile('((a{1000}){1000}){1000}')", "NotImplementedError" },
        { "import re\nre.compile('(' * 5000 + ')' * 5000)", "NotImplementedError|RecursionError" },
        { "for i in range(10**5): print('x' * 1000)", "" },
        { "print('x' * 10**7)", "" },
        { "sorted(range(10**9))", "MemoryError" },
        { "sorted([1, 2], key=lambda x: sorted([1, 2], key=x))", "TypeError" },
        { "a = []\na.extend(a)\na.append(1)\nwhile True: a.extend(a)", "MemoryError" },
        { "a = [1]\nfor x in a: a.append(x)", "MemoryError|StepLimitError" },
        { "x = 'a' * 10**7\nwhile True: x.upper() == x", "StepLimitError|MemoryError" },
        { "x = list(range(10**6))\nwhile True: -1 in x", "StepLimitError" },
        { "x = list(range(10**6))\nwhile True: x == list(x)", "StepLimitError" },
        { "x = list(range(10**5))\nwhile True: x.sort()", "StepLimitError" },
        { "try:\n    while True: pass\nexcept: print('caught')\nfinally: print('finally')", "StepLimitError" },
        { "def f():\n    try: f()\n    finally: f()\nf()", "StepLimitError|RecursionError" },
        { "while True:\n    try: 'a' * 10**10\n    except MemoryError: pass", "StepLimitError" },
        { "class A:\n    pass\nx = A()\nwhile True:\n    y = A()\n    y.x = x\n    x = y", "MemoryError|StepLimitError" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Bomb_EndsWithItsError(string code, string types)
    {
        var watch = Stopwatch.StartNew();
        var interpreter = new Interpreter(Limits, new FakeHost(), ["echo"]);
        var outcome = SomeProgram.Run(interpreter, code);
        Assert.True(types.Split('|').Contains(outcome.Error?.Type ?? ""), $"{outcome.Error?.Type ?? "no error"}: {outcome.Error?.Message}");
        Assert.DoesNotContain("caught", outcome.Stdout, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"took {watch.Elapsed}");
        Assert.Equal("2", SomeProgram.Run(interpreter, "1 + 1").Value);
    }

    [Theory]
    [InlineData("def f(n): return f(n + 1)\nf(0)")]
    [InlineData("x = []\nfor i in range(100000): x = [x]\nrepr(x)")]
    [InlineData("import json\njson.loads('[' * 100000)")]
    [InlineData("x = ()\nfor i in range(100000): x = (x,)\n{x: 1}")]
    [InlineData("def f(n): return sorted([1, 2], key=lambda x: [f(n + 1) for y in [1]])\nf(0)")]
    [InlineData("def g(n):\n    for x in g(n + 1): yield x\nlist(g(0))")]
    public void SmallStack_EndsInRecursionError(string code) => Assert.Equal("RecursionError", SomeProgram.Run(code, new InterpreterLimits { MaxDepth = 1_000_000 }, stack: 1 << 20).Error?.Type);

    [Fact]
    public void DeepSource_IsRefusedOrRuns()
    {
        foreach (var code in new[]
        {
            new string('(', 100_000), new string('[', 100_000) + new string(']', 100_000), string.Concat(Enumerable.Repeat("not ", 100_000)) + "1", string.Concat(Enumerable.Repeat("-", 100_000)) + "1", string.Join("+", Enumerable.Repeat("1", 100_000)),
            "x" + string.Concat(Enumerable.Repeat(".a", 100_000)), "f" + string.Concat(Enumerable.Repeat("()", 100_000)), string.Concat(Enumerable.Repeat("lambda: ", 50_000)) + "1", string.Concat(Enumerable.Repeat("1 if 1 else ", 50_000)) + "1",
            string.Join("**", Enumerable.Repeat("1", 50_000)), string.Join("<", Enumerable.Repeat("1", 50_000)), string.Join(" and ", Enumerable.Repeat("1", 50_000)), string.Concat(Enumerable.Range(0, 5000).Select(depth => new string(' ', depth) + "if 1:\n")),
            "if 1: pass\n" + string.Concat(Enumerable.Repeat("elif 1: pass\n", 20_000)), string.Concat(Enumerable.Repeat("f'{", 10_000)), "[x " + string.Concat(Enumerable.Repeat("for x in [1] ", 20_000)) + "]", "[" + string.Concat(Enumerable.Repeat("1,", 200_000)) + "]", string.Concat(Enumerable.Repeat("{1:", 100_000)),
        })
            foreach (var stack in new[] { 1 << 20, 16 << 20 })
                Assert.True(SomeProgram.Run(code, Limits, stack: stack).Error?.Type is null or "SyntaxError" or "IndentationError" or "RecursionError" or "NameError" or "TypeError" or "MemoryError" or "StepLimitError", code[..20]);
    }

    [Fact]
    public void Cancelled_EndsSoon()
    {
        foreach (var code in new[] { "while True: pass", "sum(range(10**15))", "sorted(range(10**7), key=lambda x: -x)", "x = list(range(1000))\nwhile True: x == list(x)", "import itertools\nfor x in itertools.permutations(range(50)): pass" })
        {
            using var source = new CancellationTokenSource(200);
            var watch = Stopwatch.StartNew();
            Assert.Equal("CancelledError", SomeProgram.Run(code, new InterpreterLimits { MaxSteps = long.MaxValue }, cancellationToken: source.Token).Error?.Type);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{code} took {watch.Elapsed}");
        }
    }

    [Fact]
    public void LongOutput_IsCutAndCounted()
    {
        var outcome = SomeProgram.Run("for i in range(1000): print('é' * 99)", new InterpreterLimits { MaxOutputBytes = 1000 });
        var kept = System.Text.Encoding.UTF8.GetByteCount(outcome.Stdout);
        Assert.InRange(kept, 999, 1000); // whole characters only
        Assert.Equal(199_000 - kept, outcome.StdoutCut);
    }

    [Fact]
    public void Garbage_IsForgiven()
    {
        var outcome = SomeProgram.Run("n = 0\nfor i in range(2000):\n    s = 'x' * 100000\n    n += len(s)\nn", Limits);
        Assert.Equal("200000000", outcome.Value);
    }
}
