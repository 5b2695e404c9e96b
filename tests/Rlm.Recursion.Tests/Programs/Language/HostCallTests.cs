using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.Language;

namespace Rlm.Recursion.Tests.Programs.Language;

/// <summary>What programs and host give each other.</summary>
public class HostCallTests
{
    [Theory]
    [InlineData("echo(1, 'a', [None, True], k={'x': 1.5})", "{'args': [1, 'a', [None, True]], 'kwargs': {'k': {'x': 1.5}}}")]
    [InlineData("echo((1, 2), {3})['args']", "[[1, 2], [3]]")]
    [InlineData("echo(10**20, 1e300, float('inf'))['args']", "[100000000000000000000, 1e+300, inf]")]
    [InlineData("sets['a'] = [1, 2]; (sets['a'], 'a' in sets, 'b' in sets, len(sets), list(sets))", "([1, 2], True, False, 1, ['a'])")]
    [InlineData("answer['content'] = 'x'; answer", "{'content': 'x', 'ready': False}")]
    [InlineData("re.findall('a', 'banana'), json.dumps([1]), math.floor(1.5), collections.Counter('a'), len(list(itertools.chain([1])))", "(['a', 'a', 'a'], '[1]', 1, Counter({'a': 1}), 1)")]
    public void Call_GivesValues(string code, string value)
    {
        var outcome = SomeProgram.Run(code);
        Assert.Null(outcome.Error);
        Assert.Equal(value, outcome.Value);
    }

    [Fact]
    public void Failure_IsAPythonException()
    {
        var outcome = SomeProgram.Run("try: fail('FileNotFoundError')\nexcept OSError as e: print(type(e).__name__, e)\ntry: fail('Odd')\nexcept RuntimeError as e: print(e)\nfail('ValueError')");
        Assert.Equal("FileNotFoundError no such file\nOdd: no such file\n", outcome.Stdout);
        Assert.Equal(("ValueError", "no such file", 5), (outcome.Error!.Type, outcome.Error.Message, outcome.Error.Line));
    }

    [Fact]
    public void Help_GivesWhatTheHostSays() => Assert.Equal("'the manual'", SomeProgram.Run("help()").Value);

    [Theory]
    [InlineData("r = rows(35); r[0]", "{'n': 0}", 1)]
    [InlineData("r = rows(35); r[12]", "{'n': 12}", 2)]
    [InlineData("r = rows(35); [x['n'] for x in r[8:12]]", "[8, 9, 10, 11]", 2)]
    [InlineData("r = rows(35); r[-1]", "{'n': 34}", 4)]
    [InlineData("r = rows(35); sum(x['n'] for x in r)", "595", 4)]
    [InlineData("r = rows(35, True); len(r)", "35", 1)]
    [InlineData("r = rows(35); len(r)", "35", 4)]
    [InlineData("r = rows(35)\nfor x in r:\n    if x['n'] == 5: break\nx", "{'n': 5}", 1)]
    [InlineData("r = rows(35); (r + [1])[-1], isinstance(r, list), bool(r), {'n': 3} in r", "(1, True, True, True)", 4)]
    [InlineData("r = rows(35, True); repr(r) == repr([{'n': n} for n in range(35)])", "True", 4)]
    [InlineData("r = rows(5); r.append(1); len(r)", "6", 1)]
    [InlineData("r = rows(35); sorted(r, key=lambda x: -x['n'])[0], json.dumps(r)[:10]", "({'n': 34}, '[{\"n\": 0},')", 4)]
    public void LazyList_FetchesAsFarAsNeeded(string code, string value, int calls)
    {
        var host = new FakeHost();
        var outcome = SomeProgram.Run(code, host: host);
        Assert.Null(outcome.Error?.Traceback);
        Assert.Equal(value, outcome.Value);
        Assert.Equal(calls, host.Calls.Count);
    }

    [Fact]
    public void LazyList_OutOfRangeOrChanged_SaysSo()
    {
        Assert.Equal("IndexError", SomeProgram.Run("rows(35)[35]").Error?.Type);
        Assert.True(SomeProgram.IsRefused(SomeProgram.Run("rows(35)[0] = 1")));
        Assert.True(SomeProgram.IsRefused(SomeProgram.Run("rows(35).append(1)")));
    }

    [Fact]
    public void Variables_AreReportedAndSurvive()
    {
        var interpreter = new Interpreter(new(), new FakeHost(), []);
        var outcome = SomeProgram.Run(interpreter, "a = [1, (2, 3)]\nb = {'k': 1.5, 'big': 10**30, 'inf': float('inf')}\nc = lambda: 1\nd = 'text'\nimport math\ncycle = []\ncycle.append(cycle)\ne = {1: 2}\nf = None");
        Assert.Equal([("a", "list", 2), ("b", "dict", 3), ("c", "function", 1), ("d", "str", 4), ("cycle", "list", 1), ("e", "dict", 1), ("f", "NoneType", 1)], outcome.Variables.Select(variable => (variable.Name, variable.Type, (int)variable.Size)));
        Assert.Equal(["a"], SomeProgram.Run(interpreter, "a.append(4)").Variables.Select(variable => variable.Name));
        var plain = JsonNode.Parse(interpreter.PlainVariables().ToJsonString())!.AsObject();
        Assert.Equal(["c", "cycle"], plain["not"]!.AsArray().Select(name => (string)name!));
        var second = new Interpreter(new(), new FakeHost(), []);
        second.Restore(plain);
        Assert.Equal("([1, (2, 3), 4], {'k': 1.5, 'big': 1000000000000000000000000000000, 'inf': inf}, 'text', None, {'content': '', 'ready': False})", SomeProgram.Run(second, "a, b, d, f, answer").Value);
    }

    [Fact]
    public void Traceback_HasTheCallsAndTheirLines()
    {
        var outcome = SomeProgram.Run("def f(x):\n    return 1 / x\n\ndef g():\n    return f(0)\n\ng()");
        Assert.Equal("Traceback (most recent call last):\n  File \"<program>\", line 7, in <module>\n    g()\n  File \"<program>\", line 5, in g\n    return f(0)\n  File \"<program>\", line 2, in f\n    return 1 / x\nZeroDivisionError: division by zero\n", outcome.Error!.Traceback);
        Assert.Equal(2, outcome.Error.Line);
    }
}
