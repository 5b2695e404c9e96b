using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language;

/// <summary>Everything of Python that the built-in engine knows and refuses: the one table of differences from CPython. Nothing here gives another answer; it gives none.</summary>
public static class Refusals
{
    private static readonly List<Refusal> Declared = [];

    internal static readonly Refusal
        With = Declare("a with statement", "use the value directly; there is nothing to close here"),
        Async = Declare("async and await", "write a plain function; llm_batch runs calls side by side"),
        Match = Declare("a match statement", "use if/elif"),
        Bytes = Declare("a bytes literal", "use str"),
        Complex = Declare("a complex number", "use two floats"),
        NamedEscape = Declare(@"a \N{...} escape", "use \\uXXXX"),
        Surrogate = Declare("a lone surrogate in a str", "use whole characters, such as \\U0001F600"),
        ExceptStar = Declare("except*", "use except"),
        Import = Declare("importing anything but the host modules", "import one of re, json, collections, math, itertools, functools, operator, string, textwrap, dataclasses, typing"),
        StarImport = Declare("from ... import *", "import the names"),
        YieldValue = Declare("yield as a part of an expression", "yield as a statement, or name = yield value"),
        Send = Declare("send() and throw() on generators", "use a class or a list"),
        Bases = Declare("several base classes or class keywords", "use one base class"),
        BuiltInBase = Declare("inheriting from a built-in type other than exceptions", "keep such a value in a field"),
        Dunder = Declare("this special method or attribute", "use a plain name, or a function"),
        ClassDecorator = Declare("a class decorator other than @dataclass", "call a function with the class"),
        DataClassOption = Declare("this option of dataclass", "write __init__ yourself"),
        Forbidden = Declare("this built-in function", "use plain values; there are no files, no input and no reflection here"),
        Identity = Declare("'is' between equal numbers or strings", "use =="),
        TypeExpression = Declare("type() with three arguments", "use a class statement"),
        LargeInt = Declare("an int of more than 4,000,000 bits", "use floats, or modular arithmetic"),
        ComplexPower = Declare("a power whose result is complex", "use abs(), or math.sqrt with a check"),
        PercentFormat = Declare("this % format", "use an f-string"),
        FormatType = Declare("this format type", "use d, x, o, b, e, f, g, % or s"),
        Codec = Declare("encoding to bytes", "use str; len(s) counts code points"),
        RegexLook = Declare("lookaround in a pattern", "match more with a group and check in code"),
        RegexBackreference = Declare("a backreference in a pattern", "capture both and compare in code"),
        RegexConstruct = Declare("this construct in a pattern", "use plain groups, classes and quantifiers"),
        RegexFold = Declare("ignoring case where the text has letters that fold in several ways", "lower() both sides first"),
        RegexEmptyLoop = Declare("repeating what may be empty, such as (a*)*", "let the inner part match at least one character"),
        RegexSize = Declare("a pattern of this size", "use smaller repetition counts"),
        JsonOption = Declare("this option of json", "use indent, sort_keys, separators, ensure_ascii, default"),
        Option = Declare("this argument", "leave it out"),
        Global = Declare("assigning to a host module, a host function or a built-in type's attributes", "use another variable"),
        Method = Declare("this method of a built-in type", "use plain operations"),
        LazyChange = Declare("changing a lazy list", "copy it first: list(rows)");

    /// <summary>All of them, in a fixed order.</summary>
    public static IReadOnlyList<Refusal> All => Declared;

    /// <summary>One line for each, for <c>help()</c>.</summary>
    public static string Text => string.Join('\n', Declared.Select(refusal => $"- {refusal.What}: {refusal.Instead}"));

    private static Refusal Declare(string what, string instead)
    {
        var refusal = new Refusal(what, instead);
        Declared.Add(refusal);
        return refusal;
    }
}
