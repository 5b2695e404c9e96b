using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rlm.Context;
using Rlm.Mcp.Sessions;
using Rlm.Mcp.Tests.Tools;
using Rlm.Mcp.Tools;
using Rlm.Recursion.Context;

namespace Rlm.Mcp.Tests.Sessions;

public sealed partial class ScopeUnitsTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private ContextStore? _store;

    public void Dispose()
    {
        _store?.Dispose();
        _bench.Dispose();
    }

    private StoreContext Context()
    {
        _store?.Dispose();
        _store = new(new ContextOptions { Root = _bench.Root, Time = new StillTime() });
        return new(() => _store, []);
    }

    private static ContextScope Over(params string[] over) => new([over]);

    private static List<(string Path, int Start, int End)> Places(UnitList units) => [.. units.Units.Select(unit => Handle().Match(unit.Handle)).Select(match =>
        (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture)))];

    [Fact]
    public void Signatures_AreTheLinesThatDeclare()
    {
        _bench.Write("a.cs", "// a note\nclass A\n{\n    [X]\n    int M(\n        int a,\n        int b)\n    {\n        return a;\n    }\n\n    int N => 1;\n}\n").Write("b.cs", "// only a note\n");
        var context = Context();
        string? Signatures(string path, UnitKind per, int at = 0) => context.Signatures(ContextScope.Everything, context.Units(Over(path), per, CancellationToken.None).Units[at], CancellationToken.None);
        Assert.Equal("2\tclass A\n3\t{\n5\t    int M(\n6\t        int a,\n7\t        int b)\n8\t    {\n12\t    int N => 1;\n", Signatures("a.cs", UnitKind.File));
        Assert.Equal("12\t    int N => 1;\n", Signatures("a.cs", UnitKind.Symbol, 1));
        Assert.Null(Signatures("b.cs", UnitKind.File));
        _bench.Write("a.cs", "class B { }\n");
        Assert.Null(context.Signatures(ContextScope.Everything, new("a.cs:1-13@00000000", null, 0), CancellationToken.None));
    }

    [Theory]
    [InlineData("Where is A defined?", "src/a.cs#A [class]: src/a.cs:1-4")]
    [InlineData("where is the method `A.M` declared", "src/a.cs#A.M [method]: src/a.cs:3-3")]
    [InlineData("Show me the definition of Both.", "src/a.cs#Both [class]: src/a.cs:5-5\nsrc/b.cs#Both [class]: src/b.cs:1-1")]
    [InlineData("Where is Hidden defined?", null)]
    [InlineData("Where is A used?", null)]
    [InlineData("Where is the licence defined?", null)]
    public void WhereSomethingIsDeclared_IsAnsweredExactly(string task, string? expected)
    {
        _bench.Write("src/a.cs", "class A\n{\n    void M() { }\n}\nclass Both { }\n").Write("src/b.cs", "class Both { }\n").Write("other/c.cs", "class Hidden { }\n");
        Assert.Equal(expected, Context().AnswerExactly(Over("src"), task, CancellationToken.None));
    }

    [Theory]
    [InlineData(UnitKind.File)]
    [InlineData(UnitKind.Chunk)]
    public void EveryLineIsInExactlyOneUnit(UnitKind per)
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var expected = new SortedDictionary<string, int>(StringComparer.Ordinal);
            for (var file = 0; file < 6; file++)
            {
                var (path, text, lines) = ($"s{seed}/d{random.Next(3)}/f{file}{(random.Next(2) == 0 ? ".cs" : ".txt")}", new StringBuilder(), random.Next(5) == 0 ? 0 : random.Next(1, 1_500));
                var end = random.Next(2) == 0 ? "\n" : "\r\n";
                for (var line = 1; line <= lines; line++)
                    text.Append(random.Next(40) == 0 ? $"class C{line} {{ void M() {{ }} }}" : random.Next(400) == 0 ? new string('x', random.Next(50_000)) : new string('y', random.Next(60))).Append(line == lines && random.Next(2) == 0 && text[^1] is not ('\n' or '\r') ? "" : end);
                _bench.Write(path, text.ToString());
                if (lines > 0) expected[path] = lines;
            }
            var units = Context().Units(Over($"s{seed}"), per, CancellationToken.None);
            var places = Places(units);
            Assert.Equal(places.OrderBy(place => place.Path, StringComparer.Ordinal).ThenBy(place => place.Start), places);
            Assert.Equal(expected.Keys, places.Select(place => place.Path).Distinct());
            foreach (var file in places.GroupBy(place => place.Path))
            {
                var next = 1;
                foreach (var (_, start, last) in file)
                {
                    Assert.Equal(next, start);
                    next = last + 1;
                }
                Assert.Equal(expected[file.Key] + 1, next);
            }
            // Only a single line may be longer than a chunk; and each unit reads back.
            var context = Context();
            foreach (var (unit, place) in units.Units.Zip(places))
            {
                var text = context.Read(Over($"s{seed}"), unit, CancellationToken.None);
                Assert.NotNull(text);
                Assert.Equal(place.End - place.Start + 1, text.Count(letter => letter == '\n'));
                Assert.True(text.Length <= ScopeUnits.ChunkCharacters + (8 * (place.End - place.Start + 1)) || place.Start == place.End, $"{text.Length} characters in {place}");
            }
        }
    }

    [Fact]
    public void Symbols_AreInnermostMembersWithBodiesAndTypesWithout()
    {
        _bench.Write("a.cs", """
            namespace N;
            interface IEmpty { void No(); }
            abstract class A
            {
                int _field = 1;
                public A() { }
                public abstract void Abstract();
                int Arrow => 2;
                void Body() { }
                class Inner { int _x; }
                enum E { One }
            }
            record R(int X);
            """);
        var units = Context().Units(Over("a.cs"), UnitKind.Symbol, CancellationToken.None).Units;
        Assert.Equal(["IEmpty", "A", "Arrow", "Body", "Inner", "E", "R"], units.Select(unit => unit.Symbol!.Split('.')[^1].Split('(')[0]));
    }

    [Fact]
    public void TargetsPartlyInScope_KeepTheirLinesInside()
    {
        _bench.Write("a.txt", string.Concat(Enumerable.Range(1, 50).Select(line => $"line {line}\n")));
        var places = Places(Context().Units(new([["a.txt:5-30"], ["a.txt:1-10", "a.txt:8-20", "a.txt:40-50"]]), UnitKind.Chunk, CancellationToken.None));
        Assert.Equal([("a.txt", 5, 10), ("a.txt", 8, 20)], places);
    }

    [GeneratedRegex("^(.+):([0-9]+)-([0-9]+)@[0-9a-f]{8}$")]
    private static partial Regex Handle();
}
