using Rlm.Context.Outlines;

namespace Rlm.Context.Search.Ranking;

/// <summary>The symbols of an outline that is at hand.</summary>
internal sealed class SymbolTable : ISymbolTable
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

    /// <inheritdoc/>
    public int Count => _symbols.Count;

    /// <inheritdoc/>
    public Symbol this[int place] => _symbols[place];

    /// <inheritdoc/>
    public int ParentOf(int place) => _parents[place];
}
