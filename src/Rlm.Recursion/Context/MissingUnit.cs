namespace Rlm.Recursion.Context;

/// <summary>A unit that has no valid answer.</summary>
/// <param name="Unit">Its handle; of a pair both.</param>
/// <param name="Reason">Why, in words that <see cref="Coverage.Reasons"/> counts.</param>
public sealed record MissingUnit(string Unit, string Reason);
