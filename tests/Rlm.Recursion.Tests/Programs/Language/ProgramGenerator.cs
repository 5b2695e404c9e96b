namespace Rlm.Recursion.Tests.Programs.Language;

/// <summary>
/// Random programs inside the part of Python that both engines have. Most expressions have the types they need, some do not, so that errors are compared as well. Nothing prints what CPython leaves open: the order of sets of
/// strings, hashes of strings, addresses.
/// </summary>
internal sealed class ProgramGenerator(int seed)
{
    private const string Prelude = """
        import re, json, math, itertools, collections, functools
        def t(f):
            try: print(repr(f()))
            except RecursionError: print('deep')
            except Exception as e: print(type(e).__name__, e)

        """;

    private static readonly string[] Ints = ["0", "1", "2", "-1", "3", "7", "-5", "10", "255", "-128", "1000003", "2**31", "2**63", "-2**63", "10**20", "-10**18", "True", "False"];
    private static readonly string[] Floats = ["0.0", "1.0", "-1.5", "2.5", "0.1", "3.14159", "1e16", "1e-7", "-0.0", "1e300", "123456.789", "0.5", "float('inf')", "float('nan')"];
    private static readonly string[] Texts = ["''", "'a'", "'abc'", "'Hello World'", "'a,b,,c'", "'  x y  '", "'12'", "'-3.5'", "'é'", "'ßtraße'", "'😀a😀'", "'a\\nb\\r\\nc'", "'\\t'", "'aXbXc'", "'ABC'", "'it\\'s'", "'\"q\"'", "'0x1f'", "'ǅ'", "'x=1;y=22'"];
    private static readonly string[] Names = ["a", "b", "c", "d"];
    private readonly Random _random = new(seed);

    public string Program()
    {
        var text = new System.Text.StringBuilder(Prelude);
        foreach (var name in Names) text.Append($"{name} = {Value(2)}\n");
        for (var line = 0; line < 12; line++) text.Append(Statement());
        return text.ToString();
    }

    /// <summary>A program of patterns only.</summary>
    public string Patterns() => Prelude + string.Concat(Enumerable.Range(0, 12).Select(_ => $"t(lambda: {Regex()})\n"));

    private string Statement() => _random.Next(14) switch
    {
        0 => $"{Pick(Names)} = {Value(2)}\n",
        1 => $"for i in {Iterable(2)}:\n    if {Guarded()}: continue\n    print(repr(i))\n    if i == {Int(1)}: break\nelse: print('else')\n",
        2 => $"try:\n    {Pick(Names)} {Pick("+=", "-=", "*=", "//=", "%=", "|=", "&=")} {Small()}\nexcept Exception as e: print(type(e).__name__, e)\nprint(repr({Pick(Names)})[:300])\n",
        3 => $"def f(x, y={Literal()}, *z, k={Literal()}, **w):\n    return (x, y, z, k, w)\nt(lambda: f({CallArguments()}))\n",
        4 => $"try:\n    x, *y = {Iterable(2)}\n    print(repr(x), repr(y))\nexcept Exception as e: print(type(e).__name__, e)\nfinally: print('finally')\n",
        5 => $"l = list(range({_random.Next(12)}))\ntry:\n    l[{Slice()}] = {Pick("[1, 2]", "'xy'", "[]", "(9,)", "5")}\n    del l[{Slice()}]\nexcept Exception as e: print(type(e).__name__, e)\nprint(l)\n",
        6 => $"def g(n):\n    for i in range(n):\n        if i % {_random.Next(1, 4)} == 0: yield i * {Small()}\n        else: yield {Literal()}\nt(lambda: list(g({_random.Next(5)})))\n",
        _ => $"t(lambda: {Expression(3)})\n",
    };

    private string Guarded() => Pick("False", "not i", "i is None", "isinstance(i, str)", "i in (1, 'a')");

    private string CallArguments() => string.Join(", ", Enumerable.Range(0, _random.Next(4)).Select(_ => Value(1)).Concat(Some("k=1", "w=2", "y=3", "**{'q': 1}", "*[4, 5]").Order(Comparer<string>.Create((x, y) => (x[0] == '*' && x[1] != '*' ? 0 : x[0] == '*' ? 2 : 1) - (y[0] == '*' && y[1] != '*' ? 0 : y[0] == '*' ? 2 : 1)))));

    private string Expression(int depth) => _random.Next(16) switch
    {
        0 or 1 => Int(depth),
        2 => Float(depth),
        3 or 4 or 5 => Text(depth),
        6 or 7 => List(depth),
        8 => Dict(depth),
        9 => Set(depth),
        10 => Bool(depth),
        11 => Format(depth),
        12 => Regex(),
        13 => Json(depth),
        14 => Itertools(depth),
        _ => Value(depth),
    };

    private string Value(int depth) => depth <= 0 ? Literal() : _random.Next(9) switch { 0 => Int(depth), 1 => Float(depth), 2 => Text(depth), 3 => List(depth), 4 => Dict(depth), 5 => Tuple(depth), 6 => Set(depth), 7 => Pick(Names), _ => Literal() };

    private string Literal() => Pick(Pick(Ints), Pick(Floats), Pick(Texts), "None", "[]", "()", "[1, 'a', 2.5]", "{'k': 1}", "(1, 2)");

    private string Small() => Pick("0", "1", "2", "3", "-1", "'z'", "[1]", "(2,)", "{1: 2}", "1.5", "None");

    private string Int(int depth) => depth <= 0 ? Pick(Ints) : _random.Next(16) switch
    {
        0 => $"({Int(depth - 1)} {Pick("+", "-", "*", "//", "%", "&", "|", "^")} {Int(depth - 1)})",
        1 => $"({Int(depth - 1)} ** {_random.Next(-2, 6)})",
        2 => $"({Int(depth - 1)} {Pick("<<", ">>")} {_random.Next(-1, 70)})",
        3 => $"len({Iterable(depth - 1)})",
        4 => $"int({Pick(Text(depth - 1), Float(depth - 1))})",
        5 => $"abs({Number(depth - 1)})",
        6 => $"round({Float(depth - 1)}{Pick("", $", {_random.Next(-3, 6)}")})",
        7 => $"{Text(depth - 1)}.{Pick("find", "rfind", "count", "index")}({Text(depth - 1)}{Pick("", $", {_random.Next(-3, 4)}")})",
        8 => $"sum({List(depth - 1)})",
        9 => $"{Pick("-", "~", "+")}{Int(depth - 1)}",
        10 => $"{Pick("max", "min")}({Iterable(depth - 1)}{Pick("", ", default=0", ", key=str")})",
        11 => $"({Int(depth - 1)} if {Bool(depth - 1)} else {Value(depth - 1)})",
        12 => $"divmod({Number(depth - 1)}, {Number(depth - 1)})",
        13 => $"hash({Pick(Pick(Ints), "2.5", "1e300", "-0.1", "(1, 2.5, None is None)")})",
        14 => $"math.{Pick("floor", "ceil", "trunc")}({Number(depth - 1)})",
        _ => Pick(Ints),
    };

    private string Float(int depth) => depth <= 0 ? Pick(Floats) : _random.Next(7) switch
    {
        0 => $"({Number(depth - 1)} {Pick("+", "-", "*", "/", "//", "%")} {Number(depth - 1)})",
        1 => $"float({Pick(Text(depth - 1), Int(depth - 1))})",
        2 => $"({Int(depth - 1)} / {Int(depth - 1)})",
        3 => $"(abs({Float(depth - 1)}) ** {Pick("0.5", "2", "-1", "3")})",
        4 => $"math.{Pick("sqrt", "log", "exp", "sin", "atan", "fabs", "log2", "log10")}({Number(depth - 1)})",
        _ => Pick(Floats),
    };

    private string Number(int depth) => Pick(Int(depth), Float(depth));

    private string Text(int depth) => depth <= 0 ? Pick(Texts) : _random.Next(18) switch
    {
        0 => $"({Text(depth - 1)} + {Text(depth - 1)})",
        1 => $"({Text(depth - 1)} * {_random.Next(-1, 4)})",
        2 => $"{Text(depth - 1)}[{Slice()}]",
        3 => $"{Text(depth - 1)}.{Pick("upper", "lower", "title", "capitalize", "swapcase", "strip", "lstrip", "rstrip", "casefold", "expandtabs")}()",
        4 => $"{Text(depth - 1)}.{Pick("strip", "lstrip", "rstrip")}({Text(0)})",
        5 => $"{Text(depth - 1)}.replace({Text(0)}, {Text(0)}{Pick("", ", 1")})",
        6 => $"{Text(depth - 1)}.join({Text(depth - 1)}{Pick("", ".split()", ".split(',')")})",
        7 => $"{Text(depth - 1)}.{Pick("center", "ljust", "rjust")}({_random.Next(12)}{Pick("", ", '*'", ", '😀'")})",
        8 => $"{Text(depth - 1)}.zfill({_random.Next(8)})",
        9 => $"{Pick("str", "repr", "ascii")}({Value(depth - 1)})",
        10 => $"{Pick("hex", "bin", "oct")}({Int(depth - 1)})",
        11 => $"chr(ord({Text(depth - 1)}[0]) + {_random.Next(3)})",
        12 => $"''.join(sorted({Text(depth - 1)}))",
        13 => $"{Text(depth - 1)}[{_random.Next(-4, 5)}]",
        14 => $"{Text(depth - 1)}.{Pick("removeprefix", "removesuffix")}({Text(0)})",
        15 => Format(depth - 1),
        _ => Pick(Texts),
    };

    private string List(int depth) => depth <= 0 ? Pick("[]", "[1, 2, 3]", "['b', 'a']", "[3, 1, 2]", "[1, 'a', None]", "[[1], [2]]") : _random.Next(16) switch
    {
        0 => $"[{Value(depth - 1)}, {Value(depth - 1)}]",
        1 => $"[{Value(depth - 1)} for i in {Iterable(depth - 1)}]",
        2 => $"[(i, j) for i in {Iterable(0)} for j in {Iterable(0)} if i != j]",
        3 => $"sorted({Iterable(depth - 1)}{Pick("", ", reverse=True", ", key=str", ", key=lambda v: (str(type(v)), str(v))", ", key=len")})",
        4 => $"({List(depth - 1)} + {List(depth - 1)})",
        5 => $"({List(depth - 1)} * {_random.Next(-1, 3)})",
        6 => $"{List(depth - 1)}[{Slice()}]",
        7 => $"{Text(depth - 1)}.{Pick("split", "rsplit")}({Pick("", Text(0), "None, 1", "',', 1", "sep=','", "maxsplit=1")})",
        8 => $"list({Pick("zip", "map", "filter")}({Pick("str", "None", "len", "lambda v: v", "[1, 2]")}, {Iterable(depth - 1)}))",
        9 => $"list(enumerate({Iterable(depth - 1)}, {_random.Next(3)}))",
        10 => $"list(reversed({Pick(List(depth - 1), Text(depth - 1), "range(4)", Dict(0))}))",
        11 => $"list({Dict(depth - 1)}.{Pick("items", "keys", "values")}())",
        12 => $"[*{Iterable(depth - 1)}, *{Iterable(0)}]",
        13 => $"{Text(depth - 1)}.splitlines({Pick("", "True")})",
        14 => $"list(range({_random.Next(-5, 10)}, {_random.Next(-5, 10)}, {_random.Next(-3, 4)}))",
        _ => Pick("[]", "[1, 2, 3]"),
    };

    private string Tuple(int depth) => depth <= 0 ? Pick("()", "(1,)", "(1, 'b')") : Pick($"({Value(depth - 1)}, {Value(depth - 1)})", $"tuple({Iterable(depth - 1)})", $"{Text(depth - 1)}.{Pick("partition", "rpartition")}({Pick(Texts)})");

    private string Dict(int depth) => depth <= 0 ? Pick("{}", "{'a': 1, 'b': 2}", "{1: 'x', 2.5: None}", "{(1, 2): []}") : _random.Next(9) switch
    {
        0 => $"{{{Value(depth - 1)}: {Value(depth - 1)}, 'k': {Value(depth - 1)}}}",
        1 => $"{{i: {Value(depth - 1)} for i in {Iterable(depth - 1)}}}",
        2 => $"dict(zip({Iterable(depth - 1)}, {Iterable(depth - 1)}))",
        3 => $"{{**{Dict(depth - 1)}, **{Dict(depth - 1)}}}",
        4 => $"({Dict(depth - 1)} | {Dict(depth - 1)})",
        5 => $"dict.fromkeys({Iterable(depth - 1)}, {Literal()})",
        6 => $"collections.Counter({Pick(Text(depth - 1), List(depth - 1))})",
        7 => $"{Dict(depth - 1)}.{Pick("get('a')", "get(1, 2)", "pop('a')", "setdefault('z', 1)", "copy()", "popitem()")}",
        _ => "{'a': 1, 'b': 2}",
    };

    // Numbers only: the order of other elements is open.
    private string Set(int depth) => depth <= 0 ? Pick("set()", "{1, 2, 3}", "{5, 3, 40, -1, 17}", "{0.5, 2, 64, 128, 8}", "frozenset([9, 1, 33])") : _random.Next(6) switch
    {
        0 => $"({Set(depth - 1)} {Pick("|", "&", "-", "^")} {Set(depth - 1)})",
        1 => $"set(range({_random.Next(-5, 5)}, {_random.Next(5, 80)}, {_random.Next(1, 19)}))",
        2 => $"{{i * {_random.Next(1, 40)} % {_random.Next(2, 300)} for i in range({_random.Next(40)})}}",
        3 => $"{Set(depth - 1)}.{Pick("union", "intersection", "difference", "symmetric_difference")}({Pick(Set(depth - 1), "range(5)", "[1, 2, 99]")})",
        4 => "{" + string.Join(", ", Enumerable.Range(0, _random.Next(1, 9)).Select(_ => _random.Next(-40, 300).ToString(System.Globalization.CultureInfo.InvariantCulture))) + "}",
        _ => $"set(sorted({Set(depth - 1)}))",
    };

    private string Iterable(int depth) => _random.Next(8) switch { 0 or 1 or 2 => List(depth), 3 => Text(depth), 4 => Tuple(depth), 5 => Dict(depth), 6 => Set(depth), _ => $"range({_random.Next(6)})" };

    private string Bool(int depth) => depth <= 0 ? Pick("True", "False", "a", "not b") : _random.Next(8) switch
    {
        0 => $"({Value(depth - 1)} {Pick("<", "<=", ">", ">=")} {Value(depth - 1)})",
        1 => $"({Value(depth - 1)} {Pick("==", "!=")} {Value(depth - 1)})",
        2 => $"({Number(depth - 1)} {Pick("<", "<=", "==")} {Number(depth - 1)} {Pick("<", ">", "!=")} {Number(depth - 1)})",
        3 => $"({Value(depth - 1)} {Pick("in", "not in")} {Iterable(depth - 1)})",
        4 => $"({Value(depth - 1)} {Pick("and", "or")} {Value(depth - 1)})",
        5 => $"{Text(depth - 1)}.{Pick("isalpha", "isdigit", "isalnum", "isspace", "isupper", "islower", "istitle", "isidentifier", "isnumeric", "isdecimal", "isprintable", "isascii")}()",
        6 => $"{Text(depth - 1)}.{Pick("startswith", "endswith")}({Text(0)})",
        _ => $"isinstance({Value(depth - 1)}, {Pick("int", "str", "(list, tuple)", "float", "dict")})",
    };

    private string Format(int depth) => _random.Next(6) switch
    {
        0 => $"format({Number(depth - 1)}, '{Spec(true)}')",
        1 => $"format({Text(depth - 1)}, '{Spec(false)}')",
        2 => $"'{Percent()}' % ({Value(depth - 1)},)",
        3 => $"f\"\"\"<{{{Number(0)}:{Spec(true)}}}|{{{Pick(Names)}!r:>{_random.Next(9)}}}>\"\"\"",
        4 => $"'{{}} {{!r}} {{:{Spec(true)}}}'.format({Value(depth - 1)}, {Value(depth - 1)}, {Number(depth - 1)})",
        _ => $"'{{0}} {{1!r:>4}} {{k[0]}}'.format({Value(depth - 1)}, {Text(0)}, k={List(0)})",
    };

    private string Spec(bool isNumber) => Pick("", "", "*<", ">", "^", "x=") + (isNumber ? Pick("", "", "+", " ", "-") + Pick("", "", "#") + Pick("", "", "0") : "") + Pick("", "5", "12") + (isNumber ? Pick("", "", ",", "_") : "") + Pick("", "", ".0", ".2", ".5") + (isNumber ? Pick("", "d", "f", "e", "g", "x", "b", "%", "o", "X", "G", "E") : Pick("", "s"));

    private string Percent() => "%" + Pick("", "-", "+", "0", " ", "#") + Pick("", "6") + Pick("", ".2") + Pick("d", "s", "r", "f", "e", "g", "x", "o", "c", "i");

    private string Regex()
    {
        var subject = Pick("'abc aab 12 a1'", "'x=1, yy=22'", "'foo\\nbar baz\\n'", "'é ñandú 😀 a'", "''", "'aaa'", "'a.b-c_d'");
        var pattern = $"r'{Pattern(_random.Next(1, 4))}'";
        return _random.Next(6) switch
        {
            0 => $"re.findall({pattern}, {subject})",
            1 => $"[(m.span(), m.groups()) for m in re.finditer({pattern}, {subject})]",
            2 => $"re.sub({pattern}, {Pick("'-'", "r'<\\g<0>>'", "lambda m: m.group().upper()")}, {subject}{Pick("", ", 2")})",
            3 => $"re.split({pattern}, {subject}{Pick("", ", 1")})",
            4 => $"(lambda m: m and (m.span(), m.group(), m.groups()))(re.{Pick("search", "match", "fullmatch")}({pattern}, {subject}{Pick("", ", re.I", ", re.M", ", re.S")}))",
            _ => $"re.subn({pattern}, '', {subject})",
        };
    }

    private string Pattern(int depth) => depth <= 0 ? Pick("a", "b", "\\d", "\\w", "\\s", ".", "[a-c]", "[^a]", "\\b", "^", "$", "x", "[\\w-]", "\\W", "\\S") : _random.Next(8) switch
    {
        0 => $"({Pattern(depth - 1)})",
        1 => $"(?:{Pattern(depth - 1)}|{Pattern(depth - 1)})",
        2 or 3 => $"{Pick("a", "\\d", "\\w", ".", "[a-c]", "(?:ab)", "(a|b)", "[^b]")}{Pick("*", "+", "?", "{2}", "{1,2}", "{,2}", "+?")}",
        4 => $"({Pick("", "", "?:")}{Pattern(depth - 1)}){Pick("?", "?", "{1,2}", "{2}", "*")}",
        _ => Pattern(depth - 1) + Pattern(depth - 1),
    };

    private string Json(int depth) => Pick($"json.dumps({Value(depth - 1)}{Pick("", ", indent=2", ", sort_keys=True", ", ensure_ascii=False", ", separators=(',', ':')")})", $"json.loads(json.dumps({Value(depth - 1)}))", $"json.loads({Pick(Texts)})", $"json.loads('{Pick("[1, 2", "{\"a\": [1.5e3, null]}", "\"\\\\u00e9\"", "[1,]", "tru", "-", "[]x", "{\"a\"}")}')");

    private string Itertools(int depth) => _random.Next(8) switch
    {
        0 => $"list(itertools.chain({Iterable(depth - 1)}, {Iterable(0)}))",
        1 => $"list(itertools.islice({Pick("itertools.count(3)", Iterable(depth - 1))}, {_random.Next(5)}))",
        2 => $"list(itertools.{Pick("permutations", "combinations", "combinations_with_replacement")}({Pick("'abc'", "range(3)", "[1]")}, {_random.Next(4)}))",
        3 => $"[(k, list(g)) for k, g in itertools.groupby({Iterable(depth - 1)}{Pick("", ", key=str", ", key=bool")})]",
        4 => $"list(itertools.accumulate({List(depth - 1)}))",
        5 => $"list(itertools.zip_longest({Iterable(depth - 1)}, {Iterable(0)}))",
        6 => $"list(itertools.product({Iterable(0)}, repeat={_random.Next(3)}))[:20]",
        _ => $"functools.reduce(lambda x, y: x + y, {Iterable(depth - 1)})",
    };

    private string Slice() => $"{Pick("", "1", "-1", "2", "-3", "100")}:{Pick("", "1", "-1", "3", "-100")}{Pick("", ":", ":2", ":-1", ":-2", ":0")}";

    private List<string> Some(params string[] all) => [.. all.Where(_ => _random.Next(4) == 0)];

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
