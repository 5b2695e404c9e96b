using System.Collections.Immutable;
using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Search.Ranking;

/// <summary>A structural unit that may be an answer.</summary>
internal sealed class UnitCandidate
{
    /// <summary>Its file.</summary>
    public required FileEntry File { get; init; }

    /// <summary>Its symbol, or the one around a window; null when there is none.</summary>
    public required Symbol? Symbol { get; init; }

    /// <summary>What holds the symbol, innermost first.</summary>
    public required ImmutableArray<Symbol> Holders { get; init; }

    /// <summary>Its lines, ascending.</summary>
    public required ImmutableArray<LineRange> Lines { get; init; }

    /// <summary>The lines say where it is, not the symbol.</summary>
    public required bool IsWindow { get; init; }

    /// <summary>Sum of its terms' weighted impacts.</summary>
    public required double Terms { get; init; }

    /// <summary>So many other files of the scope have the same text.</summary>
    public int AlsoIn { get; init; }

    /// <summary>Its file's text, when it was read already.</summary>
    public WholeText? Text { get; init; }

    /// <summary>What it is worth, as far as is known.</summary>
    public double Score { get; set; }

    /// <summary>The words that its name, holders and path have, one bit each.</summary>
    public ulong Named { get; set; }

    /// <summary>A unit of an outlined text.</summary>
    public static UnitCandidate Of(FileEntry file, ISymbolTable symbols, UnitMap units, int unit, double terms, int alsoIn, WholeText? text)
    {
        var place = units.Units[unit].Symbol;
        var holders = ImmutableArray.CreateBuilder<Symbol>();
        for (var parent = place < 0 ? -1 : symbols.ParentOf(place); parent >= 0; parent = symbols.ParentOf(parent)) holders.Add(symbols[parent]);
        return new()
        {
            File = file, Symbol = place < 0 ? null : symbols[place], Holders = holders.ToImmutable(), Lines = [.. units.LinesOf(unit)], IsWindow = units.Units[unit].IsWindow,
            Terms = terms, AlsoIn = alsoIn, Text = text,
        };
    }
}
