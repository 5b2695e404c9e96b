using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Planning;

namespace Rlm.Recursion.Running.Hosting;

/// <summary>The scope of a part as targets that stay good when files change meanwhile: whole files by path, the rest by path and lines, never by the hash of their text.</summary>
internal static class PartScope
{
    /// <summary>In order, each once.</summary>
    /// <param name="part">The part.</param>
    /// <param name="per">What the units are: only files and chunks that lie in the part in full are named by path.</param>
    /// <param name="perPath">Units of the whole scope by path.</param>
    public static IReadOnlyList<string> Of(Part part, UnitKind per, IReadOnlyDictionary<string, int> perPath)
    {
        var targets = new List<string>();
        foreach (var file in part.Units.GroupBy(unit => HandlePath.Of(unit.Handle), StringComparer.Ordinal))
            if (per is UnitKind.File or UnitKind.Chunk && file.Count() == perPath[file.Key]) targets.Add(file.Key);
            else targets.AddRange(file.Select(unit => HandlePath.WithLines(unit.Handle)));
        return [.. targets.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>How many units each path has.</summary>
    public static IReadOnlyDictionary<string, int> PerPath(IReadOnlyList<Unit> units) =>
        units.CountBy(unit => HandlePath.Of(unit.Handle), StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
}
