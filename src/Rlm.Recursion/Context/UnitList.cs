namespace Rlm.Recursion.Context;

/// <summary>The units of a scope: by path, then start line; every covered line in exactly one for files and chunks.</summary>
/// <param name="Units">In order.</param>
/// <param name="Skipped">Why files of the scope gave no unit, by reason with counts (too large, unreadable).</param>
public sealed record UnitList(IReadOnlyList<Unit> Units, IReadOnlyDictionary<string, int> Skipped);
