using System.Collections.Immutable;
using Rlm.Context.Files;

namespace Rlm.Context.Outlines;

/// <summary>The tree of symbols of one version of a file. Outlining never fails on broken code: it gives what it understood plus a note.</summary>
/// <param name="Provider">Who made it: <c>roslyn</c>, <c>markdown</c>, <c>text</c>, <c>heuristic</c>…</param>
/// <param name="Symbols">Top-level symbols, file order.</param>
/// <param name="Partial">Why it is not the whole truth (<c>nesting</c>, <c>syntax errors</c>…), or null.</param>
public sealed record Outline(string Provider, ImmutableArray<Symbol> Symbols, string? Partial = null)
{
    /// <summary>All symbols, depth first in file order.</summary>
    public IEnumerable<Symbol> All
    {
        get
        {
            var ahead = new Stack<Symbol>(Symbols.Reverse());
            while (ahead.TryPop(out var symbol))
            {
                yield return symbol;
                for (var at = symbol.Children.Length - 1; at >= 0; at--) ahead.Push(symbol.Children[at]);
            }
        }
    }

    /// <summary>The innermost symbol around a line, or null. With a filter: the innermost that passes it.</summary>
    public Symbol? Enclosing(int line, Func<Symbol, bool>? where = null)
    {
        Symbol? found = null;
        foreach (var symbol in All)
            if (symbol.Range.Contains(line) && (where is null || where(symbol)) && (found is null || found.Range.Contains(symbol.Range))) found = symbol;
        return found;
    }}
