using System.Globalization;
using Rlm.Recursion.Programs;

namespace Rlm.Recursion.Tests.Programs;

/// <summary>Variables after the worker has ended, in the same engine and in the other: as they were, or named as gone.</summary>
public class KeptVariablesTests
{
    public static TheoryData<string> Engines => ProgramBench.Engines;

    [Theory, MemberData(nameof(Engines))]
    public void PlainData_ComesBackAsItWas(string engine)
    {
        const string Code = """
            a = (1, ('b', [2.5, None]), (), True)
            b = {3, 'x', (1, 2)}
            c = frozenset([1, 2])
            d = {1: 'one', (2, 3): {4: 5}, None: float('inf'), '$tuple': [1], '': {'$x': 1}}
            e = collections.Counter('abracadabra')
            f = collections.defaultdict(list, {'k': [1]})
            g = collections.defaultdict(lambda: 0)
            h = collections.OrderedDict([('z', 1), ('y', 2)])
            i = collections.deque([1, (2,)], 5)
            j = {'$dict': [[1, 2]]}
            k = [float('-inf'), 10 ** 30, -0.0, 'ü\u2028"\\', {}]
            """;
        const string Shown = "[a, b == {3, 'x', (1, 2)}, type(b), c, d, e, f, f['new'], h, i, i.maxlen, j, k, type(e), type(h), str(float('nan'))]";
        using var bench = new ProgramBench(engine);
        var first = bench.Run($"{Code}\n{Shown}");
        Assert.Null(first.Error);
        Assert.Equal(["g"], first.Variables.Where(variable => !variable.Lasts).Select(variable => variable.Name));
        bench.Restart();
        var second = bench.Next(Shown);
        Assert.Equal(first.Value, second.Value);
        Assert.Contains("are gone: g", Assert.Single(second.Notes), StringComparison.Ordinal);
    }

    // A program that changes nothing but an order or a type changes the variables.
    [Theory, MemberData(nameof(Engines))]
    public void OrderOfKeysAndKindsOfNumbers_AreKept(string engine)
    {
        using var bench = new ProgramBench(engine);
        bench.Run("c = {'a': 1, 'z': 9}; n = 1");
        bench.Next("c = {'z': 9, 'a': 1}; n = 1.0");
        bench.Restart();
        Assert.Equal("(['z', 'a'], 1.0)", bench.Next("(list(c), n)").Value);
    }

    // What one engine keeps the other reads: generated values, each written by one and shown by both.
    [Fact]
    public void BothEngines_ReadTheSameForm()
    {
        var random = new Random(23);
        using var bench = new ProgramBench("cpython");
        using var other = new ProgramBench("builtin");
        bench.Run("0");
        for (var round = 0; round < Rounds.Of(400); round++)
        {
            var value = Value(random, 4);
            var report = bench.Next($"x = {value}");
            Assert.Null(report.Error);
            Assert.True(report.Kept!.ContainsKey("x"), value);
            var same = other.Run($"x = {value}");
            Assert.Equal(same.Kept!["x"]?.ToJsonString().Length, report.Kept["x"]?.ToJsonString().Length);
            bench.Restart();
            Assert.Equal("True", bench.Next($"x == {value} and type(x) == type({value})").Value);
        }
    }

    [Fact]
    public void TextsThatLookLikeKeys_AreMaskedOnDisk_AndThatIsTold()
    {
        using var bench = new ProgramBench("builtin");
        Assert.Null(bench.Run("a = 'plain'\nkey = ['token ghp_' + 'a1B2c3D4e5' * 3 + 'a1B2c3']").Error);
        Assert.Contains("ghp_", bench.Next("key[0]").Value, StringComparison.Ordinal);
        bench.Restart();
        var report = bench.Next("key[0]");
        Assert.DoesNotContain("ghp_", report.Value, StringComparison.Ordinal);
        Assert.Contains("masked where variables are kept, in key:", Assert.Single(report.Notes), StringComparison.Ordinal);
        Assert.Empty(bench.Next("a").Notes);
    }

    private static string Value(Random random, int depth) => random.Next(depth > 0 ? 14 : 6) switch
    {
        0 => "None",
        1 => random.Next(-2000, 2000).ToString(CultureInfo.InvariantCulture),
        2 => "'" + "$ab{ü"[random.Next(5)] + "tuple'",
        3 => (random.NextDouble() * 100).ToString("R", CultureInfo.InvariantCulture),
        4 => random.Next(2) == 0 ? "True" : "10 ** 40",
        5 => "''",
        6 or 7 => $"[{Values(random, depth)}]",
        8 => $"({string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => Value(random, depth - 1) + ", "))})",
        9 => $"{{{string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(at => $"'{(random.Next(3) == 0 ? "$" : "")}k{at}': {Value(random, depth - 1)}"))}}}",
        10 => $"{{{string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(at => $"({at}, 'a'): {Value(random, depth - 1)}"))}}}",
        11 => $"set([{string.Join(", ", Enumerable.Range(0, random.Next(4)))}])",
        12 => $"collections.Counter([{string.Join(", ", Enumerable.Range(0, random.Next(5)).Select(at => at % 3))}])",
        _ => $"collections.{(random.Next(2) == 0 ? $"defaultdict(int, {{1: {Value(random, depth - 1)}}})" : $"deque([{Values(random, depth)}], 9)")}",
    };

    private static string Values(Random random, int depth) => string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1)));
}
