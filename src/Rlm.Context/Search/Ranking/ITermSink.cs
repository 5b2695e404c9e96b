namespace Rlm.Context.Search.Ranking;

/// <summary>Takes the terms of a text as they come.</summary>
internal interface ITermSink
{
    /// <summary>A name kept whole: one of several humps, or one that begins with a capital.</summary>
    void AddName(ulong term);

    /// <summary>The stem of a word, or of one hump of a name; after the name itself.</summary>
    void AddStem(ulong term);
}
