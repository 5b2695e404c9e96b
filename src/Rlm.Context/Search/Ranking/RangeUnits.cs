using System.Collections.Immutable;
using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Search.Ranking;

/// <summary>Units of a file of which only some lines are in scope: exactly these lines.</summary>
internal static class RangeUnits
{
    /// <summary>One unit for each range, with the symbol that it is or lies in.</summary>
    public static UnitMap Of(ImmutableArray<LineRange> ranges, SymbolTable symbols, Outline outline, int lines)
    {
        var places = new Dictionary<Symbol, int>(ReferenceEqualityComparer.Instance);
        for (var place = 0; place < symbols.Count; place++) places[symbols[place]] = place;
        var units = ImmutableArray.CreateBuilder<StructuralUnit>();
        var runs = ImmutableArray.CreateBuilder<UnitRun>();
        foreach (var range in ranges.Distinct())
        {
            if (range.Start < 1 || range.End > lines) continue;
            var around = outline.All.FirstOrDefault(symbol => symbol.Range == range) ?? outline.Enclosing(range.Start, symbol => symbol.Range.Contains(range));
            runs.Add(new(range, units.Count));
            units.Add(new(around is null ? -1 : places[around], IsWindow: around?.Range != range));
        }
        return new(units.ToImmutable(), runs.ToImmutable());
    }
}
