using System.Globalization;

namespace Rlm.Recursion.Running.Planning;

/// <summary>A scope cut into parts, with the proof that nothing was lost: the parts together are the list of units.</summary>
/// <param name="Parts">In order.</param>
/// <param name="Units">Units in scope.</param>
/// <param name="Hash">SHA-256 over the handles of the units in scope, 16 hex digits.</param>
/// <param name="PartUnits">Sum of the units of the parts.</param>
/// <param name="PartHash">The same hash over the units of the parts, one part after the other.</param>
internal sealed record PartPlan(IReadOnlyList<Part> Parts, int Units, string Hash, int PartUnits, string PartHash)
{
    /// <summary>Whether every unit is in exactly one part.</summary>
    public bool IsProven => Units == PartUnits && Hash == PartHash;

    /// <summary>The proof in a line.</summary>
    public string Proof => string.Create(CultureInfo.InvariantCulture, $"{Units} units ({Hash}) = {string.Join(" + ", Parts.Select(part => part.Units.Count))} in {Parts.Count} parts ({PartHash})");
}
