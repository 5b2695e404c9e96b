namespace Rlm.Context.Search.Ranking;

/// <summary>
/// BM25F (Zaragoza et al., "Microsoft Cambridge at TREC-13"): how often a word occurs in each field of a unit, each field by its own weight and normalised by its own length,
/// saturated once. Lengths are compared with constants instead of the collection's averages, so that what is stored of a text depends on that text alone.
/// </summary>
internal static class Bm25F
{
    /// <summary>How many fields there are; see <see cref="TermField"/>.</summary>
    public const int Fields = 5;

    // Chosen on the golden questions of the benchmark `quality`, where they hardly matter within a factor of 1.5; K1 of 4 and names that weigh 6 did: they drown what bodies say.
    private const float K1 = 1f;

    private static readonly (float Weight, float B, float UsualLength)[] Settings =
    [
        (2f, 0.4f, 2.5f), // name
        (1f, 0.3f, 2.5f), // what holds it
        (2f, 0.5f, 12f), // signature
        (1.8f, 0.5f, 15f), // doc
        (1f, 0.3f, 60f), // body
    ];

    /// <summary>What one occurrence in a field counts, when the field has so many words in all.</summary>
    public static float WeightOf(TermField field, int length)
    {
        var (weight, b, usual) = Settings[(int)field];
        return weight / (1 - b + b * length / usual);
    }

    /// <summary>The stored form, 1 to 255, of a sum of weighted occurrences.</summary>
    public static byte Impact(float weighted) => (byte)Math.Clamp((int)MathF.Round(255 * weighted / (weighted + K1)), 1, 255);
}
