using System.Collections.Immutable;
using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Search.Ranking;

/// <summary>
/// Divides a text into the units that ranked search finds: members of more than one line with their doc comments; types with what their member units leave (header, fields,
/// members of one line); sections without their subsections; windows of about 40 lines where there is no such symbol.
/// </summary>
internal static class StructuralUnits
{
    private const int TableLines = 5;

    /// <summary>The units. O(lines × depth of nesting).</summary>
    public static UnitMap Of(SymbolTable symbols, LineMap lines)
    {
        var owners = Owners(symbols, lines.Count);
        var builder = new UnitMapBuilder(owner => owner < 0 || symbols[owner].Kind == SymbolKinds.Heading);
        for (var line = 1; line <= lines.Count; line++)
            if (!lines.Line(line).IsWhiteSpace()) builder.Add(line, owners[line]);
        return builder.Finish();
    }

    // The innermost unit around each line; of two that begin on one line, the first.
    private static int[] Owners(SymbolTable symbols, int lines)
    {
        var owners = new int[lines + 1];
        Array.Fill(owners, -1);
        var units = new int[symbols.Count]; // the unit that a symbol's lines belong to
        for (var place = 0; place < symbols.Count; place++)
        {
            var symbol = symbols[place];
            var parent = symbols.ParentOf(place);
            var around = parent < 0 ? -1 : units[parent];
            units[place] = around;
            if (!IsUnit(symbol, around >= 0 && symbols[around].IsType)) continue;
            units[place] = place;
            for (var line = Math.Max(1, symbol.DocStart); line <= Math.Min(symbol.Range.End, lines); line++)
                if (owners[line] == around) owners[line] = place;
        }
        return owners;
    }

    private static bool IsUnit(Symbol symbol, bool isInType) => symbol.Kind switch
    {
        SymbolKinds.Heading or SymbolKinds.Cell => true,
        SymbolKinds.EnumMember => false,
        SymbolKinds.Field or SymbolKinds.Variable => symbol.Range.Count >= TableLines,
        SymbolKinds.Property or SymbolKinds.Indexer or SymbolKinds.Event => symbol.Range.End > symbol.DocStart,
        _ => symbol.IsType || (symbol.IsMember && (!isInType || symbol.Range.End > symbol.DocStart)),
    };
}
