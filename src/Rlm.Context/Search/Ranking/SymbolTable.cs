using Rlm.Context.Outlines;

namespace Rlm.Context.Search.Ranking;

/// <summary>The symbols of an outline in its order, each with what holds it.</summary>
internal sealed class SymbolTable
{
    private readonly List<Symbol> _symbols = [];
    private readonly List<int> _parents = [];

    /// <summary>Lays them out. O(symbols).</summary>
    public SymbolTable(Outline outline)
    {
        var ahead = new Stack<(Symbol Symbol, int Parent)>();
        for (var at = outline.Symbols.Length - 1; at >= 0; at--) ahead.Push((outline.Symbols[at], -1));
        while (ahead.TryPop(out var next))
        {
            var place = _symbols.Count;
            _symbols.Add(next.Symbol);
            _parents.Add(next.Parent);
            for (var at = next.Symbol.Children.Length - 1; at >= 0; at--) ahead.Push((next.Symbol.Children[at], place));
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _symbols.Count;

    /// <summary>The symbol at a place, from 0.</summary>
    public Symbol this[int place] => _symbols[place];

    /// <summary>The place of what holds it; -1 for a top-level symbol.</summary>
    public int ParentOf(int place) => _parents[place];
}
