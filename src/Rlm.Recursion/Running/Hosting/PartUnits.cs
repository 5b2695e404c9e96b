using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running.Hosting;

/// <summary>Ties findings to the units that they are about, however their author named them.</summary>
internal static class PartUnits
{
    /// <summary>The findings with their unit's own handle and symbol: one verdict for each unit, of this part only.</summary>
    /// <param name="findings">A unit may be named by handle, by path and lines with any hash, by symbol path, or by path where the file is one unit.</param>
    /// <param name="units">Of the part.</param>
    /// <exception cref="RecursionException"><c>bad_argument</c>: a unit of another part, or two findings for one, which would be counted twice.</exception>
    public static IReadOnlyList<Finding> Resolve(IReadOnlyList<Finding> findings, IReadOnlyList<Unit> units)
    {
        var byName = Names(units);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var resolved = new List<Finding>();
        foreach (var finding in findings)
        {
            if (!byName.TryGetValue(finding.Unit, out var unit) && !byName.TryGetValue(HandlePath.WithLines(finding.Unit), out unit)) throw Bad($"finding {resolved.Count + 1} is about {finding.Unit}, which is no unit of this session");
            if (!taken.Add(unit.Handle)) throw Bad($"finding {resolved.Count + 1} is a second one for {unit.Handle}: put both into one value");
            resolved.Add(finding with { Unit = unit.Handle, Symbol = unit.Symbol });
        }
        return resolved;
    }

    private static Dictionary<string, Unit> Names(IReadOnlyList<Unit> units)
    {
        var names = new Dictionary<string, Unit>(StringComparer.Ordinal);
        foreach (var unit in units)
        {
            names.TryAdd(unit.Handle, unit);
            names.TryAdd(HandlePath.WithLines(unit.Handle), unit);
            if (unit.Symbol is { } symbol) names.TryAdd(symbol, unit);
        }
        foreach (var file in units.GroupBy(unit => HandlePath.Of(unit.Handle), StringComparer.Ordinal))
            if (file.Take(2).Count() == 1) names.TryAdd(file.Key, file.First());
        return names;
    }

    private static RecursionException Bad(string what) => new("bad_argument", what, "The session stays open: submit again, one finding for each unit of the part.");
}
