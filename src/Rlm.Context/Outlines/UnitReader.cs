using System.Collections.Immutable;
using Rlm.Context.Search.Ranking;

namespace Rlm.Context.Outlines;

/// <summary>Reads the units behind the symbols in the form of <see cref="OutlineWriter"/>, which end it.</summary>
internal static class UnitReader
{
    private const int LeastUnitBytes = 2, LeastRunBytes = 3;

    /// <summary>The units.</summary>
    /// <param name="left">At their beginning.</param>
    /// <param name="places">How many symbols there are.</param>
    public static UnitMap Read(ref OutlineBytes left, int places)
    {
        var units = new UnitMap(Units(ref left, places), Runs(ref left, out var highest));
        return highest < units.Units.Length && left.IsEmpty ? units : throw OutlineBytes.Damaged();
    }

    private static ImmutableArray<StructuralUnit> Units(ref OutlineBytes left, int places)
    {
        var count = left.Count(LeastUnitBytes);
        var units = ImmutableArray.CreateBuilder<StructuralUnit>(count);
        for (var place = 0; units.Count < count;)
        {
            place = left.Near(place);
            if (place < -1 || place >= places) throw OutlineBytes.Damaged();
            units.Add(new(place, left.Number() == 1));
        }
        return units.MoveToImmutable();
    }

    private static ImmutableArray<UnitRun> Runs(ref OutlineBytes left, out int highest)
    {
        var count = left.Count(LeastRunBytes);
        var runs = ImmutableArray.CreateBuilder<UnitRun>(count);
        highest = -1;
        for (var (line, unit) = (0, 0); runs.Count < count;)
        {
            var start = left.Line(line);
            (line, unit) = (left.Line(start), left.Near(unit));
            if (unit < 0) throw OutlineBytes.Damaged();
            highest = Math.Max(highest, unit);
            runs.Add(new(new(start, line), unit));
        }
        return runs.MoveToImmutable();
    }
}
