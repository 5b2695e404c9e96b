using System.Collections.Immutable;
using Rlm.Context.Files;

namespace Rlm.Context.Search.Ranking;

/// <summary>A stretch of lines that belong to one structural unit.</summary>
/// <param name="Lines">The lines; the first and the last are not blank.</param>
/// <param name="Unit">The unit's number.</param>
internal readonly record struct UnitRun(LineRange Lines, int Unit);

/// <summary>What one structural unit is.</summary>
/// <param name="Symbol">Its symbol's place in the outline's order, from 0; -1 for lines outside all symbols.</param>
/// <param name="IsWindow">It is only some lines of that symbol, or of the file: the lines say where it is, not the symbol.</param>
internal readonly record struct StructuralUnit(int Symbol, bool IsWindow);

/// <summary>The structural units of a text: every line that is not blank belongs to exactly one. Numbered from 0 by their first line.</summary>
/// <param name="Units">What they are.</param>
/// <param name="Runs">Their lines, ascending.</param>
internal sealed record UnitMap(ImmutableArray<StructuralUnit> Units, ImmutableArray<UnitRun> Runs)
{
    /// <summary>The lines of one unit, ascending.</summary>
    public IEnumerable<LineRange> LinesOf(int unit)
    {
        foreach (var run in Runs)
            if (run.Unit == unit) yield return run.Lines;
    }
}
