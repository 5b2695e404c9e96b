using Rlm.Context.Index;
using Rlm.Context.Index.Storage;
using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests.Index;

/// <summary>Lists, names and numbers of units beyond one block, one window of reading and one part of ranking, compared with <see cref="NaiveEngine"/>.</summary>
public class LargeContentTests
{
    private const int Contents = 60, UnitsEach = 1_500;

    private static readonly int Seed = TestScale.Seed;
    private static readonly ulong[] Terms = [1, 2, 3, 4, 5, 6];

    [Theory]
    [InlineData(10_000_000)]
    [InlineData(30_000)]
    public void ManyUnits_AnswerAsTheNaiveEngineDoes(int maxPostings)
    {
        var random = new Random(Seed);
        IIndexEngine own = new OwnEngine(new MemoryIndexFiles(), new() { MaxPostings = maxPostings }), naive = new NaiveEngine();
        var contents = Enumerable.Range(0, Contents).Select(number => Some((UInt128)number, random)).ToArray();
        foreach (var engine in new[] { own, naive })
        {
            using var writer = engine.OpenWriter();
            foreach (var content in contents) writer.PutContent(content);
            writer.Commit();
        }
        Compare(own, naive, random);
        var removed = Enumerable.Range(0, Contents / 2).Select(_ => (UInt128)random.Next(Contents)).ToArray();
        foreach (var engine in new[] { own, naive })
        {
            using var writer = engine.OpenWriter();
            foreach (var key in removed) writer.RemoveContent(key);
            writer.Commit();
        }
        Compare(own, naive, random);
        using (var writer = own.OpenWriter()) while (writer.Merge(default)) ;
        Compare(own, naive, random);
    }

    private static void Compare(IIndexEngine own, IIndexEngine naive, Random random)
    {
        using IEngineSnapshot left = own.Open(), right = naive.Open();
        left.Verify(default);
        var isWanted = Enumerable.Range(0, Contents).ToDictionary(number => (UInt128)number, _ => random.Next(3) > 0);
        for (var query = 0; query < 4; query++)
        {
            var terms = Terms.Where(_ => random.Next(2) == 0).Select(term => new WeightedTerm(term, 255 * random.Next(1, 5))).ToArray();
            Assert.Equal(Rank(right), Rank(left));

            // Ids differ, so that of equal scores those of the least keys come first; for that all are asked for.
            (UInt128, int, float)[] Rank(IEngineSnapshot snapshot)
            {
                var wanted = new bool[snapshot.Contents.Max() + 1];
                foreach (var id in snapshot.Contents) wanted[id] = isWanted[snapshot.KeyOf(id)];
                return [.. snapshot.Rank(terms, wanted, int.MaxValue, default).Select(unit => (snapshot.KeyOf(unit.Content), unit.Unit, unit.Score)).OrderByDescending(unit => unit.Score).ThenBy(unit => unit.Item1).ThenBy(unit => unit.Unit)];
            }
        }
        foreach (var name in new[] { "common", new string('x', 40_000), "n77", "n5999", "n", "zz" }) Assert.Equal(Places(right, name), Places(left, name));

        static (UInt128, int)[] Places(IEngineSnapshot snapshot, string name) => [.. snapshot.SymbolsNamed(name).Select(symbol => (snapshot.KeyOf(symbol.Content), symbol.Ordinal)).Order()];
    }

    // Term 1 is in nearly every unit, each next one in about a tenth as many, so that distances take from one byte to three.
    private static OutlinedContent Some(UInt128 key, Random random) => new()
    {
        Key = key,
        Outline = new byte[random.Next(40_000)],
        UnitCount = UnitsEach,
        Names = [.. Enumerable.Range(0, 200).Select(number => number == 0 && random.Next(9) == 0 ? new string('x', 40_000) : number < 150 ? "common" : $"n{random.Next(6_000)}")],
        Postings = Enumerable.Range(0, UnitsEach).SelectMany(unit => Terms.Where(term => random.Next((int)Math.Pow(9, term - 1)) == 0).Select(term => new UnitPosting(term, unit, (byte)random.Next(1, 256)))).ToArray(),
    };
}
