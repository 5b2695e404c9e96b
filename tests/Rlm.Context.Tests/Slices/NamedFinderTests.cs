using System.Collections.Concurrent;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;
using Rlm.Context.Search;
using Rlm.Context.Slices;
using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests.Slices;

/// <summary>Symbols found by the index's names are those that a look at every outline finds, whatever names hold and however they are asked for.</summary>
public class NamedFinderTests
{
    private static readonly string[] Types = ["A", "B", "A<T>", "B<T, U>", "Stream", "été", "_x", "Näme"];
    private static readonly string[] Spaces = ["N", "N.A", "N.A.B", "A.B", "Stream", "été.N"];
    private static readonly string[] Members = ["void A() { }", "void Run() { }", "void Run(int a) { }", "void Run<T>(T a) { }", "void Run(ref A.B a) { }", "int Näme => 1;", "int this[int a] => a;", "void I<int>.Run() { }",
        "void N.A.Run() { }", "int _x;", "event System.Action E;", "public static A operator +(A a, A b) => a;", "public static implicit operator A(B b) => null;", "class A { void Run() { } }", "enum Stream { A, Run }", "void Outer() { void Run() { } }"];
    private static readonly string[] Titles = ["Run", "A.B", "see N.A/Run", "the A (Run)", "été", "A/Run.Stream", "~2", "Run~2", "A`1.Run", "N::A", "_x.", "B.Näme"];

    [Fact]
    public void Queries_FindWhatOutlinesHold() => ForEachStore(random =>
    {
        var folder = new TempFolder();
        for (var file = 0; file < 6; file++) folder.Write($"f{file}.cs", CSharp(random)).Write($"m{file}.md", Markdown(random)).Write($"j{file}.json", $"{{ \"{Pick(random, Titles)}\": {{ \"{Pick(random, Titles)}\": 1 }} }}\n");
        return folder;
    }, (store, scope, random) =>
    {
        var all = scope.Files.ToArray().SelectMany(file => store.Symbols.SymbolsOf(file, default).Select(symbol => (file.Path, Symbol: symbol))).ToArray();
        foreach (var query in all.SelectMany(item => Suffixes(item.Symbol.Path)).Concat(["A.B.C", "N.Nowhere", "B.Run"]).Distinct().OrderBy(_ => random.Next()).Take(150))
        {
            var parsed = SymbolQuery.Parse(query);
            if (parsed.Name is null) continue;
            var wanted = all.Where(item => parsed.Matches(item.Symbol)).Select(item => $"{item.Path.Value}#{item.Symbol.Path} {item.Symbol.Range}").Order(StringComparer.Ordinal);
            foreach (var few in (int[])[0, 1000])
            {
                var found = new ConcurrentBag<FoundSymbol>();
                new NamedFinder(NameTable.Of(store, scope)!, parsed, few).Find(found, int.MaxValue, default);
                Assert.True(wanted.SequenceEqual(found.Select(item => $"{item.FullPath} {item.Symbol.Range}").Order(StringComparer.Ordinal)), query);
            }
        }
    });

    [Theory]
    [InlineData(501)]
    [InlineData(500)]
    public void MoreThanCanBeTaken_IsSaid(int count) => ForEachStore(_ => new TempFolder().Write("a.cs", string.Concat(Enumerable.Range(0, count).Select(type => $"class C{type} {{ void Dispose() {{ }} }}\n"))), (store, scope, _) =>
    {
        if (count <= 500) Assert.Equal(count, store.Symbols.Find("Dispose", scope, default).Count);
        else Assert.Contains("more than 500 declarations", Assert.Throws<ContextException>(() => store.Symbols.Find("Dispose", scope, default)).Asked, StringComparison.Ordinal);
        Assert.Equal("C7.Dispose", Assert.Single(store.Symbols.Find("C7.Dispose", scope, default)).Symbol.Path);
        Assert.Equal("C7.Dispose", Assert.Single(store.Symbols.Find("Dispose~8", scope, default)).Symbol.Path);
    }, cases: 1);

    [Fact]
    public void Constructors_AreNotCountedAgainstTheirType() =>
        ForEachStore(_ => new TempFolder().Write("a.cs", $"class Big\n{{\n{string.Concat(Enumerable.Range(0, 600).Select(at => $"    Big(C{at} a) {{ }}\n"))}}}\n"), (store, scope, _) =>
            Assert.Equal("class", Assert.Single(store.Symbols.Find("Big", scope, default)).Symbol.Kind), cases: 1);

    private static void ForEachStore(Func<Random, TempFolder> fill, Action<ContextStore, Scope, Random> check, int cases = 400)
    {
        for (var round = 0; round < Math.Min(cases, TestScale.Cases(cases)); round++)
        {
            var random = new Random(TestScale.Seed + round);
            using var folder = fill(random);
            using var cache = new TempFolder();
            using var store = new ContextStore(new ContextOptions { Root = folder.FullPath, CacheFolder = cache.FullPath, Time = new Index.LaterTime() });
            store.BuildIndex(null, default);
            check(store, ScopeResolver.All(store.Current(null, default)), random);
        }
    }

    // What a caller may write for a path: any end of it, with and without parameters and arity, and other signs between names.
    private static IEnumerable<string> Suffixes(string path)
    {
        for (var at = 0; at < path.Length; at++)
        {
            if (at > 0 && path[at - 1] is not ('.' or '/')) continue;
            yield return path[at..];
            if (path.IndexOf('(', at) is var open and > 0) yield return path[at..open];
            yield return path[at..].Replace('.', '/');
            yield return path[at..].Replace("`1", "", StringComparison.Ordinal);
            yield return path[at..] + "~1";
        }
    }

    private static string CSharp(Random random)
    {
        var text = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"class {Pick(random, Types)}\n{{\n{string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => $"    {Pick(random, Members)}\n"))}}}\n"));
        return random.Next(4) == 0 ? text : $"namespace {Pick(random, Spaces)}\n{{\n{text}}}\n";
    }

    private static string Markdown(Random random) => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => $"{new string('#', random.Next(1, 4))} {Pick(random, Titles)}\n\ntext\n\n"));

    private static string Pick(Random random, string[] of) => of[random.Next(of.Length)];
}
