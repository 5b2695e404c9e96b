namespace Rlm.Context.Index;

/// <summary>
/// What the index keeps of one outlined text, whatever files have it: its outline, the names of its symbols, and the terms of its structural units.
/// Ranked search is lexical and structural; a layer of embeddings would be another set of candidates for units.
/// </summary>
internal sealed class OutlinedContent
{
    /// <summary>Names the text and the way in which it was outlined; equal keys mean equal outlines.</summary>
    public required UInt128 Key { get; init; }

    /// <summary>The outline and the units' places; the engine does not look inside.</summary>
    public required byte[] Outline { get; init; }

    /// <summary>The names of its symbols, in the outline's order; symbols without a name have an empty one, which is not found.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>How many structural units it has.</summary>
    public required int UnitCount { get; init; }

    /// <summary>Which terms occur in which units; each pair once, by unit, ascending.</summary>
    public required ReadOnlyMemory<UnitPosting> Postings { get; init; }
}

/// <summary>A term in a structural unit.</summary>
/// <param name="Term">A 64-bit hash of the word: terms that collide are one term, which ranking can bear.</param>
/// <param name="Unit">The unit's number in its content, from 0.</param>
/// <param name="Impact">What the term adds to the unit's score at weight 1, in 255ths: the saturated, length-normalised, field-weighted frequency (BM25F; Zaragoza et al., TREC 2004). At least 1.</param>
internal readonly record struct UnitPosting(ulong Term, int Unit, byte Impact);
