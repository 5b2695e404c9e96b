using System.Collections.Immutable;
using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Outlines;
using Rlm.Context.Search.Ranking;
using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests.Outlines;

public class OutlineCodecTests
{
    [Fact]
    public void OutlinesOfThisRepository_ComeBackAsTheyWere()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Repository.Cases, "*.txt", SearchOption.AllDirectories)).Order(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var name = Path.GetFileName(file).Replace(".txt", "", StringComparison.Ordinal);
            var text = FileText.Decode(File.ReadAllBytes(file));
            var outline = Outliner.Outline(new RepoPath(name), Languages.OfFileName(name), text, default);
            CheckRoundTrip(new(outline, StructuralUnits.Of(new SymbolTable(outline), text.Lines)));
        }
    }

    [Fact]
    public void RandomOutlines_ComeBackAsTheyWere()
    {
        for (var seed = 0; seed < TestScale.Cases(4_000); seed++) CheckRoundTrip(RandomOutline(new Random(TestScale.Seed + seed)));
    }

    [Fact]
    public void DeepTree_ComesBack()
    {
        var symbol = Leaf("a", "a");
        for (var depth = 0; depth < 20_000; depth++) symbol = Leaf("a", "a") with { Children = [symbol] };
        var back = OutlineCodec.Decode(OutlineCodec.Encode(new(new Outline("x", [symbol]), new([], []))));
        Assert.Equal(20_001, back.Outline.All.Count());
    }

    [Fact]
    public void DamagedBytes_AreToldAsSuch()
    {
        var good = OutlineCodec.Encode(RandomOutline(new Random(5)));
        var random = new Random(TestScale.Seed);
        for (var round = 0; round < TestScale.Cases(20_000); round++)
        {
            var bad = random.Next(3) == 0 ? good[..random.Next(good.Length)] : (byte[])good.Clone();
            if (bad.Length == good.Length) bad[random.Next(bad.Length)] ^= (byte)random.Next(1, 256);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<IndexDamagedException>(() => OutlineCodec.Decode(bad));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * bad.Length + 20_000);
        }
    }

    // Damage with a good checksum does not happen, unless someone makes it.
    [Fact]
    public void MadeUpBytes_AreReadOrRefused()
    {
        var random = new Random(TestScale.Seed);
        for (var round = 0; round < TestScale.Cases(20_000); round++)
        {
            var plain = OutlineWriter.Write(RandomOutline(random)).ToArray();
            for (var edits = random.Next(1, 4); edits > 0; edits--) plain[random.Next(plain.Length)] = (byte)random.Next(256);
            try
            {
                OutlineCodec.Decode(OutlineCodec.Pack(plain.AsSpan(0, random.Next(4) == 0 ? random.Next(plain.Length) : plain.Length)));
            }
            catch (IndexDamagedException)
            {
            }
        }
    }

    private static void CheckRoundTrip(ContentOutline content)
    {
        var bytes = OutlineCodec.Encode(content);
        var back = OutlineCodec.Decode(bytes);
        Assert.Equal((content.Outline.Provider, content.Outline.Partial), (back.Outline.Provider, back.Outline.Partial));
        CheckLevel(content.Outline.Symbols, back.Outline.Symbols);
        Assert.Equal(content.Units.Units, back.Units.Units);
        Assert.Equal(content.Units.Runs, back.Units.Runs);
        Assert.Equal(bytes, OutlineCodec.Encode(back));
        var stored = OutlineCodec.DecodeSymbols(bytes);
        CheckStored(stored, new SymbolTable(content.Outline));
        foreach (var line in content.Outline.All.SelectMany(symbol => new[] { symbol.Range.Start, symbol.Range.End, symbol.NameLine }).Append(7))
            Assert.Equal(content.Outline.Enclosing(line) is { } around ? around with { Children = [] } : null, stored.Enclosing(line));
    }

    private static void CheckStored(StoredSymbols stored, SymbolTable symbols)
    {
        Assert.Equal(symbols.Count, stored.Count);
        for (var place = 0; place < symbols.Count; place++)
        {
            Assert.Equal(symbols[place] with { Children = [] }, stored[place]);
            Assert.Equal(symbols.ParentOf(place), stored.ParentOf(place));
        }
    }

    private static void CheckLevel(ImmutableArray<Symbol> expected, ImmutableArray<Symbol> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var at = 0; at < expected.Length; at++)
        {
            Assert.Equal(expected[at] with { Children = [] }, actual[at] with { Children = [] });
            CheckLevel(expected[at].Children, actual[at].Children);
        }
    }

    private static Symbol Leaf(string name, string path) =>
        new() { Name = name, Kind = SymbolKinds.Method, Path = path, Signature = "", Range = new(1, 1), NameLine = 1, DocStart = 1 };

    private static ContentOutline RandomOutline(Random random)
    {
        string[] names = ["A", "Get", "~X", "this[]", "operator +", "IFoo.Bar", "", "größe", "\ud800", "名前", new('n', 300), "a.b", "x\ty"];
        string[] kinds = [SymbolKinds.Class, SymbolKinds.Method, SymbolKinds.Heading, "another kind", SymbolKinds.Paragraph];
        string Pick(string[] from) => from[random.Next(from.Length)];
        ImmutableArray<Symbol> Level(int depth, string parent) => [.. Enumerable.Range(0, random.Next(4)).Select(_ =>
        {
            var name = Pick(names);
            var path = random.Next(3) switch { 0 => name, 1 => parent.Length == 0 ? name : parent + "." + name, _ => parent + "." + name + "(int)" };
            return new Symbol
            {
                Name = name, Kind = Pick(kinds), Path = path, Signature = Pick(names) + Pick(names), Range = new(random.Next(100), random.Next(100_000)), NameLine = random.Next(100_000),
                DocStart = random.Next(100_000), Doc = Pick(names), Conditional = random.Next(2) == 0, Children = depth == 0 ? [] : Level(depth - 1, path),
            };
        })];
        var outline = new Outline(Pick(names), Level(4, ""), random.Next(2) == 0 ? null : Pick(names));
        var symbols = outline.All.Count();
        ImmutableArray<StructuralUnit> units = [.. Enumerable.Range(0, random.Next(6)).Select(_ => new StructuralUnit(random.Next(-1, symbols), random.Next(2) == 0))];
        return new(outline, new(units, [.. Enumerable.Range(0, units.Length == 0 ? 0 : random.Next(9)).Select(_ => new UnitRun(new(random.Next(1000), random.Next(1000)), random.Next(units.Length)))]));
    }
}
