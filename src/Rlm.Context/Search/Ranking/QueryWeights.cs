using System.Numerics;
using Rlm.Context.Index;

namespace Rlm.Context.Search.Ranking;

/// <summary>How much each word of a query counts: the rarer, the more (inverse document frequency as in BM25).</summary>
internal sealed class QueryWeights
{
    private readonly float[] _weights;

    private QueryWeights(RankedQuery query, float[] weights, List<WeightedTerm> terms)
    {
        (Query, _weights, Terms) = (query, weights, terms);
        for (var word = 0; word < weights.Length; word++)
            if (query.Words[word].Kind != QueryWordKind.Joined) Total += weights[word];
    }

    /// <summary>The query.</summary>
    public RankedQuery Query { get; }

    /// <summary>The terms to look for.</summary>
    public IReadOnlyList<WeightedTerm> Terms { get; }

    /// <summary>All words together, those that occur nowhere and joined ones apart; 0 when none occurs.</summary>
    public float Total { get; }

    /// <summary>By how many units of the index have a word; by how many files that were read beside it, when none has.</summary>
    /// <param name="query">The query.</param>
    /// <param name="engine">The index.</param>
    /// <param name="holding">As for <see cref="FromFiles"/>, of the files that the index does not have.</param>
    public static QueryWeights FromIndex(RankedQuery query, IEngineSnapshot engine, int[] holding) =>
        Of(query, word => (Occurs(engine.UnitsWith, word.Value.Stem, holding[word.Key]), Occurs(engine.UnitsWith, word.Value.Name, holding[word.Key])), engine.UnitCount);

    /// <summary>By how many files have what a word's forms have in common; for texts of which few or none are indexed.</summary>
    /// <param name="query">The query.</param>
    /// <param name="holding">For each word, how many files have it; joined ones are not counted and taken for rare.</param>
    /// <param name="files">Of so many.</param>
    public static QueryWeights FromFiles(RankedQuery query, int[] holding, int files) => Of(query, word =>
    {
        var count = word.Value.Kind == QueryWordKind.Joined ? 1 : holding[word.Key];
        return (word.Value.Stem == 0 ? 0 : count, word.Value.Name == 0 ? 0 : count);
    }, files);

    private static int Occurs(Func<ulong, int> unitsWith, ulong term, int holding) => term == 0 ? 0 : unitsWith(term) is var units and > 0 ? units : holding;

    private static QueryWeights Of(RankedQuery query, Func<KeyValuePair<int, QueryWord>, (int Stems, int Names)> count, int all)
    {
        var terms = new Dictionary<ulong, float>();
        var weights = new float[query.Words.Count];
        for (var index = 0; index < weights.Length; index++)
        {
            var word = query.Words[index];
            var (stems, names) = count(new(index, word));
            var stem = stems == 0 ? 0 : word.Share * Rarity(stems, all);
            var name = names == 0 ? 0 : word.Share * Rarity(names, all);
            weights[index] = stems > 0 ? stem : name;
            if (stems > 0) terms[word.Stem] = Math.Max(terms.GetValueOrDefault(word.Stem), stem);
            if (names > 0) terms[word.Name] = Math.Max(terms.GetValueOrDefault(word.Name), stems > 0 ? WholeWord * name : name);
        }
        return new(query, weights, [.. terms.Select(term => new WeightedTerm(term.Key, term.Value))]);
    }

    /// <summary>What the words of a mask weigh together; joined ones too, unless they are left out.</summary>
    public float Of(ulong mask, bool withJoined = false)
    {
        float sum = 0;
        for (; mask != 0; mask &= mask - 1)
        {
            var word = BitOperations.TrailingZeroCount(mask);
            if (withJoined || Query.Words[word].Kind != QueryWordKind.Joined) sum += _weights[word];
        }
        return sum;
    }

    /// <summary>The same words, looked for by more terms.</summary>
    public QueryWeights With(IEnumerable<WeightedTerm> more) => new(Query, _weights, [.. Terms, .. more]);

    /// <summary>The words that occur nowhere.</summary>
    public IReadOnlyList<string> Missing =>
        [.. Query.Words.Where((word, index) => word.Kind != QueryWordKind.Joined && _weights[index] == 0).Select(word => word.Text)];

    // A word of one hump that also stands as a name of its own is hardly more than the word.
    private const float WholeWord = 0.3f;

    private static float Rarity(int holding, int all) => MathF.Log(1 + (Math.Max(0, all - holding) + 0.5f) / (holding + 0.5f));
}
