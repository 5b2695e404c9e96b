using Rlm.Recursion.Programs.Language;

namespace Rlm.Recursion.Tests.Programs.Language;

/// <summary>What is refused says so, with the line and what to write instead; no <c>except</c> hides it.</summary>
public class RefusalTests
{
    [Theory]
    [InlineData("x = 1\nwith open('a') as f: pass", 2, "SyntaxError")]
    [InlineData("async def f(): pass", 1, "SyntaxError")]
    [InlineData("match 1:\n    case 1: pass", 1, "SyntaxError")]
    [InlineData("x = b'abc'", 1, "SyntaxError")]
    [InlineData("x = 1j", 1, "SyntaxError")]
    [InlineData("import os", 1, "SyntaxError")]
    [InlineData("from os import path", 1, "SyntaxError")]
    [InlineData("from math import *", 1, "SyntaxError")]
    [InlineData("def f():\n    x = (yield 1) + 1", 2, "SyntaxError")]
    [InlineData("class A(int, str): pass", 1, "SyntaxError")]
    [InlineData("class A(metaclass=type): pass", 1, "SyntaxError")]
    [InlineData("try: pass\nexcept* ValueError: pass", 2, "SyntaxError")]
    [InlineData("'\\ud800'", 1, "SyntaxError")]
    [InlineData("class A(dict): pass", 1, "NotImplementedError")]
    [InlineData("eval('1')", 1, "NotImplementedError")]
    [InlineData("exec('1')", 1, "NotImplementedError")]
    [InlineData("\nopen('/etc/passwd')", 2, "NotImplementedError")]
    [InlineData("__import__('os')", 1, "NotImplementedError")]
    [InlineData("getattr(1, 'real')", 1, "NotImplementedError")]
    [InlineData("globals()", 1, "NotImplementedError")]
    [InlineData("().__class__.__bases__", 1, "NotImplementedError")]
    [InlineData("''.__class__.__mro__", 1, "NotImplementedError")]
    [InlineData("(lambda: 0).__globals__", 1, "NotImplementedError")]
    [InlineData("(lambda: 0).__code__", 1, "NotImplementedError")]
    [InlineData("print.__self__", 1, "NotImplementedError")]
    [InlineData("'{0.__class__.__mro__}'.format(1)", 1, "NotImplementedError")]
    [InlineData("class A:\n    def __getattr__(self, n): return 1", 1, "NotImplementedError")]
    [InlineData("class A:\n    def __del__(self): pass", 1, "NotImplementedError")]
    [InlineData("type('A', (), {})", 1, "NotImplementedError")]
    [InlineData("def f():\n    x = 1000\n    return x is 10 ** 3\nf()", 3, "NotImplementedError")]
    [InlineData("(-8) ** 0.5", 1, "NotImplementedError")]
    [InlineData("'a'.encode()", 1, "NotImplementedError")]
    [InlineData("import re\nre.search('(?=a)', 'a')", 2, "NotImplementedError")]
    [InlineData("import re\nre.search(r'(a)\\1', 'aa')", 2, "NotImplementedError")]
    [InlineData("import re\nre.findall('(a*)*', 'aa')", 2, "NotImplementedError")]
    [InlineData("print(1, file=2)", 1, "NotImplementedError")]
    [InlineData("try: eval('1')\nexcept BaseException: print('hidden')", 1, "NotImplementedError")]
    [InlineData("try: eval('1')\nfinally: print('hidden')", 1, "NotImplementedError")]
    public void Refused_SaysWhereAndWhatInstead(string code, int line, string type)
    {
        var outcome = SomeProgram.Run(code);
        Assert.True(SomeProgram.IsRefused(outcome), outcome.Error?.Traceback ?? $"it ran: {outcome.Value}");
        Assert.Equal((line, type), (outcome.Error!.Line, outcome.Error.Type));
        Assert.DoesNotContain("hidden", outcome.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x = ", "invalid syntax", 1)]
    [InlineData("(1", "'(' was never closed", 1)]
    [InlineData("1)", "unmatched ')'", 1)]
    [InlineData("if 1\n    x", "expected ':'", 1)]
    [InlineData("if 1:\nx", "expected an indented block after 'if' statement on line 1", 2)]
    [InlineData(" x", "unexpected indent", 1)]
    [InlineData("if 1:\n    x\n  y", "unindent does not match any outer indentation level", 3)]
    [InlineData("'abc", "unterminated string literal (detected at line 1)", 1)]
    [InlineData("return 1", "'return' outside function", 1)]
    [InlineData("break", "'break' outside loop", 1)]
    [InlineData("1 = x", "cannot assign to literal here. Maybe you meant '==' instead of '='?", 1)]
    [InlineData("def f(a, a): pass", "duplicate argument 'a' in function definition", 1)]
    [InlineData("def f(a=1, b): pass", "non-default argument follows default argument", 1)]
    [InlineData("f(a=1, 2)", "positional argument follows keyword argument", 1)]
    [InlineData("def f():\n    nonlocal x", "no binding for nonlocal 'x' found", 2)]
    [InlineData("0123", "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers", 1)]
    [InlineData("x = 1 +", "invalid syntax", 1)]
    public void BrokenSource_IsASyntaxError(string code, string message, int line)
    {
        var error = SomeProgram.Run(code).Error!;
        Assert.Equal((message, line), (error.Message, error.Line));
        Assert.True(error.Type is "SyntaxError" or "IndentationError", error.Type);
    }

    [Fact]
    public void Table_ListsEveryRefusalOnce()
    {
        Assert.Equal(Refusals.All.Count, Refusals.All.Distinct().Count());
        Assert.All(Refusals.All, refusal => Assert.False(string.IsNullOrWhiteSpace(refusal.What) || string.IsNullOrWhiteSpace(refusal.Instead)));
        Assert.Equal(Refusals.All.Count, Refusals.Text.Split('\n').Length);
    }
}
