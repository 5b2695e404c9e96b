namespace Rlm.Context.Search.Ranking;

/// <summary>Where in a unit a word stands.</summary>
internal enum TermField
{
    /// <summary>The unit's own name.</summary>
    Name,
    /// <summary>The names of what holds it: types, sections.</summary>
    Holder,
    /// <summary>The declaration.</summary>
    Signature,
    /// <summary>The doc comment.</summary>
    Doc,
    /// <summary>All its lines but the doc comment.</summary>
    Body,
}
