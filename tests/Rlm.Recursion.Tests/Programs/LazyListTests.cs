namespace Rlm.Recursion.Tests.Programs;

/// <summary>A list that the host gives in pages is, to whatever a program does with it, the whole list: each use gives what it gives of a list made in Python, or refuses; none gives less.</summary>
public class LazyListTests
{
    private const string Truth = "t = [{'line': n, 'text': 'q ' + str(n)} for n in range(2500)]\n";

    private static readonly string[] Everywhere =
    [
        "return str(h)", "return repr(h)", "return f'{h}'", "return f'{h!r:>5}'", "return '%s' % (h,)", "return '{}'.format(h)", "return json.dumps(h)", "return json.dumps(h, indent=1)", "return json.dumps({'a': [h, 1]})", "return json.dumps(h, default=str)",
        "return len(h)", "return list(h)", "return tuple(h)", "return sorted(h, key=lambda r: -r['line'])", "return h[:]", "return h[::-1]", "return h[-1]", "return h[5:-5]", "return h[2490:]", "return h[:3000]", "return h[-3:]", "return h[2499]",
        "return h + []", "return [1] + h", "return h + h", "return h * 2", "return 2 * h", "return [*h]", "return (lambda *rows: len(rows))(*h)", "x = [1]\n    x.extend(h)\n    return x", "x = [1]\n    y = x\n    x += h\n    return y", "x = [1, 2]\n    x[1:1] = h\n    return x",
        "return sum([h, h], [])", "return list(reversed(h))", "return list(enumerate(h))[-1]", "return list(zip(h, h))[-1]", "return h.copy()", "return h.index(t[2400])", "return h.count(t[2400])", "return t[2400] in h", "return {'line': -1} in h",
        "return (h == t, t == h, h != t, t != h, h == t[:100], t[:100] == h, h == [])", "return max(h, key=lambda r: r['line'])", "return all(r['line'] >= 0 for r in h), any(r['line'] == 2499 for r in h)", "return bool(h)", "return list(map(lambda r: r['line'], h))",
        "return list(filter(None, h))", "return isinstance(h, list), isinstance(h, (list, dict)), isinstance(h, dict), isinstance(h, str)", "return list(collections.deque(h, maxlen=5))", "return list(itertools.chain(h, [1]))", "return list(itertools.islice(h, 2400, None))",
        "import functools\n    return functools.reduce(lambda n, r: n + r['line'], h, 0)", "first, *rest = h\n    return rest", "return ','.join(r['text'] for r in h)", "return dict(enumerate(h))", "return {str(r['line']): r for r in h}", "return outline(h)", "return outline({'a': [h]})",
        "x = [h]\n    return str(x), json.dumps(x)", "answer['content'] = h\n    return str(answer)", "h.append(1)\n    return h", "h.sort(key=lambda r: -r['line'])\n    return h", "h.reverse()\n    return h", "h.pop()\n    return h", "del h[0]\n    return h", "h[0] = 1\n    return h", "h += [1]\n    return h",
        "h.insert(0, 1)\n    return h", "h.extend(h)\n    return h", "h.clear()\n    return h", "for r in h:\n        if r['line'] == 7: break\n    return len(h), [x for x in h if x['line'] > 2400]", "i = iter(h)\n    return next(i), list(i)", "return h < t", "return hash(h)", "return set(h)",
        "return list(h)[100:] == t[100:]", "return (h, 1) == (t, 1)", "return [h] == [t]", "return re.findall('q 24..', str(h))",
    ];

    private static readonly string[] RealPython =
    [
        "import copy\n    return copy.copy(h), copy.deepcopy(h), copy.deepcopy({'a': h})", "import pickle\n    return pickle.loads(pickle.dumps(h))", "import operator\n    return operator.add([1], h), operator.concat(h, [1])", "import pprint\n    return pprint.pformat(h).split()", "import heapq\n    heapq.heapify(h)\n    return h",
        "import heapq\n    return heapq.nlargest(3, h, key=lambda r: r['line'])", "import random\n    random.Random(1).shuffle(h)\n    return h", "import marshal\n    try: return marshal.dumps(h)\n    except ValueError: raise TypeError('refused')", "list.sort(h, key=str)\n    return h", "return list.copy(h)", "return list.__len__(h)",
        "match h:\n        case [a, *b]: return a, b", "match h:\n        case list(): return len(h)", "import io\n    out = io.StringIO()\n    json.dump(h, out)\n    return out.getvalue()", "class E(json.JSONEncoder):\n        def default(self, value): return 'odd'\n    return json.dumps([h], cls=E)",
        "import csv, io\n    out = io.StringIO()\n    csv.DictWriter(out, ['line', 'text']).writerows(h)\n    return out.getvalue()", "import bisect\n    return bisect.bisect([r['line'] for r in h], 2400)", "import dataclasses\n    @dataclasses.dataclass\n    class C:\n        rows: list\n    return dataclasses.asdict(C(h))",
        "import statistics\n    return statistics.mean(r['line'] for r in h)", "import textwrap\n    return textwrap.shorten(str(h), 10**6)", "from collections.abc import Sequence, MutableSequence\n    return isinstance(h, Sequence), isinstance(h, MutableSequence)", "h *= 2\n    return h", "return [*h, *h], {**dict(enumerate(h))}",
    ];

    public static TheoryData<string> Engines => ProgramBench.Engines;

    [Theory, MemberData(nameof(Engines))]
    public void EveryUse_IsOfTheWholeList_OrRefused(string engine)
    {
        using var bench = new ProgramBench(engine);
        Assert.Null(bench.Run(Truth).Error);
        foreach (var body in engine == "cpython" ? [.. Everywhere, .. RealPython] : Everywhere)
        {
            // What fails on a list of Python's own fails on this one too; what is refused beyond that says so.
            var report = bench.Next($"def use(h):\n    {body}\ntry:\n    wanted = use([dict(r) for r in t])\nexcept TypeError:\n    wanted = None\ntry:\n    given = use(search('q'))\nexcept TypeError as refused:\n    given = refused\nisinstance(given, TypeError) or given == wanted and str(given) == str(wanted)");
            Assert.True(report is { Value: "True" } || report.Error is { Type: "NotImplementedError" } error && error.Message.Contains("a lazy list", StringComparison.Ordinal), $"{body}: {report.Value} {report.Error}");
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public void OrdinaryUses_AreNotRefused(string engine)
    {
        using var bench = new ProgramBench(engine);
        Assert.Null(bench.Run(Truth).Error);
        foreach (var body in Everywhere.Take(57))
        {
            var report = bench.Next($"def use(h):\n    {body}\nuse(search('q')) == use([dict(r) for r in t])");
            Assert.True(report.Value == "True", $"{body}: {report.Value} {report.Error}");
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public void Printed_ItIsWhole_OrCutWithACount(string engine)
    {
        using var bench = new ProgramBench(engine);
        Assert.Contains("'q 1099'", bench.Run("print([r['text'] for r in search('q')[:1100]])\nprint(search('q'))").Stdout, StringComparison.Ordinal);
        Assert.True(bench.Next("print(search('q'))").Cut > 10_000);
        Assert.Equal(bench.Next(Truth + "len(str(t))").Value, bench.Next("len(str(search('q')))").Value);
    }

    [Theory, MemberData(nameof(Engines))]
    public void AsTheValue_ItIsPlainData_OrTheCutIsToldBesideIt(string engine)
    {
        using var bench = new ProgramBench(engine);
        var files = bench.Run("files('x')");
        Assert.Equal((1_000, "f999"), (files.Plain!.AsArray().Count, (string?)files.Plain[999]));
        Assert.Empty(files.Notes);
        var hits = bench.Next("search('q')");
        Assert.Null(hits.Plain);
        var shown = System.Text.RegularExpressions.Regex.Match(Assert.Single(hits.Notes), "the first ([0-9,]+) of 2,500 rows").Groups[1].Value.Replace(",", "", StringComparison.Ordinal);
        Assert.EndsWith($", … {2_500 - int.Parse(shown, System.Globalization.CultureInfo.InvariantCulture)} more rows cut", hits.Value, StringComparison.Ordinal);
        Assert.Equal(shown, (hits.Value!.Split("'line'").Length - 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(hits.Calls, 2, 3);
    }
}
