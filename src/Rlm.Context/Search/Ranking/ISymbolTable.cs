using Rlm.Context.Outlines;

namespace Rlm.Context.Search.Ranking;

/// <summary>The symbols of an outline in its order, each with what holds it.</summary>
internal interface ISymbolTable
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>The symbol at a place, from 0.</summary>
    Symbol this[int place] { get; }

    /// <summary>The place of what holds it; -1 for a top-level symbol.</summary>
    int ParentOf(int place);
}
