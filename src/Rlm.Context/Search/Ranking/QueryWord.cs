namespace Rlm.Context.Search.Ranking;

/// <summary>How a word came into a query.</summary>
internal enum QueryWordKind
{
    /// <summary>As the question has it.</summary>
    Word,
    /// <summary>As the question has it, and it is a name of several humps.</summary>
    Name,
    /// <summary>A hump of such a name.</summary>
    Part,
    /// <summary>Several words in a row written as one name: change tracker, ChangeTracker.</summary>
    Joined,
}

/// <summary>Something that is looked for.</summary>
/// <param name="Text">Lower case, as it is shown.</param>
/// <param name="Scan">What its forms have in common, for finding it in a text that is not indexed.</param>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Stem">Its term as a word; 0 for a name.</param>
/// <param name="Name">Its term as a whole name.</param>
internal sealed record QueryWord(string Text, string Scan, QueryWordKind Kind, ulong Stem, ulong Name)
{
    /// <summary>How much of the query it is; joined words come on top.</summary>
    public float Share => Kind switch { QueryWordKind.Part => 0.5f, QueryWordKind.Joined => 0.4f, _ => 1 };
}
