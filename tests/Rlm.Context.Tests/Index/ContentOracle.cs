using System.Text;
using Rlm.Context.Index;

namespace Rlm.Context.Tests.Index;

/// <summary>The outlined contents that an index should know, by key; compares a snapshot with them, query by query.</summary>
internal sealed class ContentOracle
{
    private static readonly string[] Names = ["Main", "main", "Get", "GetName", "日本", "ä", "𝒳", "\uFFFD", "a much longer name, with blanks: operator ==", "x", new('n', 300)];

    private SortedDictionary<UInt128, OutlinedContent> _contents = [];

    public ContentOracle Copy() => new() { _contents = new(_contents) };

    /// <summary>Puts a random content into writer and oracle; nothing happens to either when the key is known.</summary>
    public void Put(IEngineWriter writer, UInt128 key, Random random)
    {
        var content = Some(key, random);
        Assert.Equal(_contents.ContainsKey(key), writer.HasContent(key));
        writer.PutContent(content);
        _contents.TryAdd(key, content);
        Assert.True(writer.HasContent(key));
    }

    public void Remove(IEngineWriter writer, UInt128 key)
    {
        writer.RemoveContent(key);
        _contents.Remove(key);
        Assert.False(writer.HasContent(key));
    }

    /// <summary>Null when the snapshot is right; else what is wrong with it.</summary>
    public string? Difference(IEngineSnapshot snapshot, Random random, int queries)
    {
        var ids = snapshot.Contents.ToArray();
        if (!ids.SequenceEqual(ids.Distinct().Order())) return "ids of contents not ascending";
        if (!ids.Select(snapshot.KeyOf).Order().SequenceEqual(_contents.Keys)) return "other contents";
        foreach (var id in ids)
        {
            if (snapshot.FindContent(snapshot.KeyOf(id)) != id) return "a content is found elsewhere";
            if (!snapshot.Outline(id).SequenceEqual(_contents[snapshot.KeyOf(id)].Outline)) return "another outline";
        }
        if (snapshot.FindContent(UInt128.MaxValue) != -1) return "a content that is not there";
        if (snapshot.UnitCount < _contents.Values.Sum(content => content.UnitCount)) return "too few units";
        for (; queries > 0; queries--)
            if ((DifferenceOfRank(snapshot, ids, random) ?? DifferenceOfName(snapshot, ids, Names[random.Next(Names.Length)])) is { } wrong) return wrong;
        return DifferenceOfNames(snapshot);
    }

    private string? DifferenceOfRank(IEngineSnapshot snapshot, int[] ids, Random random)
    {
        // Weights of which the products with an impact, divided by 255, are whole: sums are the same in any order.
        var terms = Enumerable.Range(0, random.Next(4)).Select(_ => TermOf(random)).Distinct().Select(term => new WeightedTerm(term, 255 * random.Next(1, 4))).ToArray();
        var isWanted = Enumerable.Range(0, ids.Length == 0 ? 0 : ids[^1] + random.Next(3)).Select(_ => random.Next(5) > 0).ToArray();
        var expected = from id in ids.Where(id => id < isWanted.Length && isWanted[id])
                       let content = _contents[snapshot.KeyOf(id)]
                       from unit in Enumerable.Range(0, content.UnitCount)
                       let score = terms.Sum(term => term.Weight / 255 * ImpactOf(content, term.Term, unit))
                       where score > 0
                       orderby score descending, id, unit
                       select new ScoredUnit(id, unit, score);
        var count = random.Next(12);
        var found = snapshot.Rank(terms, isWanted, count, default);
        if (!found.SequenceEqual(expected.Take(count))) return $"terms {string.Join(' ', terms)}: {string.Join(' ', found)}, not {string.Join(' ', expected.Take(count))}";
        return terms.All(term => snapshot.UnitsWith(term.Term) >= _contents.Values.Sum(content => content.Postings.Span.ToArray().Count(posting => posting.Term == term.Term))) ? null : "too few units with a term";
    }

    private string? DifferenceOfName(IEngineSnapshot snapshot, int[] ids, string name)
    {
        var expected = from id in ids
                       from symbol in _contents[snapshot.KeyOf(id)].Names.Index()
                       where symbol.Item == name
                       select new SymbolPlace(id, symbol.Index);
        var found = snapshot.SymbolsNamed(name);
        return found.SequenceEqual(expected) ? null : $"{name}: {string.Join(' ', found)}, not {string.Join(' ', expected)}";
    }

    private string? DifferenceOfNames(IEngineSnapshot snapshot)
    {
        var found = new Dictionary<string, int>();
        static bool IsShort(ReadOnlySpan<byte> name) => name.Length < 8;
        snapshot.ScanNames(IsShort, (name, count) => found[name] = found.GetValueOrDefault(name) + count, default);
        var expected = _contents.Values.SelectMany(content => content.Names).Where(name => name.Length > 0 && IsShort(Encoding.UTF8.GetBytes(name))).CountBy(name => name);
        return found.OrderBy(pair => pair.Key, StringComparer.Ordinal).SequenceEqual(expected.OrderBy(pair => pair.Key, StringComparer.Ordinal)) ? null : "other names";
    }

    private static int ImpactOf(OutlinedContent content, ulong term, int unit)
    {
        foreach (var posting in content.Postings.Span)
            if (posting.Term == term && posting.Unit == unit) return posting.Impact;
        return 0;
    }

    private static OutlinedContent Some(UInt128 key, Random random)
    {
        var units = random.Next(6);
        var outline = new byte[random.Next(3) == 0 ? 0 : random.Next(200)];
        random.NextBytes(outline);
        return new()
        {
            Key = key,
            Outline = outline,
            UnitCount = units,
            Names = [.. Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(6) == 0 ? "" : Names[random.Next(Names.Length)])],
            Postings = Enumerable.Range(0, units).SelectMany(unit => Enumerable.Range(0, random.Next(8)).Select(_ => TermOf(random)).Distinct().Select(term => new UnitPosting(term, unit, (byte)random.Next(1, 256)))).ToArray(),
        };
    }

    // From both ends and the middle of the range; small ones come often.
    private static ulong TermOf(Random random) => random.Next(4) switch { 0 => ulong.MaxValue - (ulong)random.Next(3), 1 => (1UL << 63) + (ulong)random.Next(20), _ => (ulong)random.Next(5) };
}
