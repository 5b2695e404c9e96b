namespace Rlm.Recursion.Context;

/// <summary>A piece of the context that is judged on its own.</summary>
/// <param name="Handle">Where it stands, and the hash of its text.</param>
/// <param name="Symbol">Its symbol path, when it is a symbol.</param>
/// <param name="Characters">Length of its text with line numbers: at most this many characters.</param>
public sealed record Unit(string Handle, string? Symbol, int Characters)
{
    /// <summary>The second unit of a pair.</summary>
    public Unit? With { get; init; }

    /// <summary>Handles and symbols of the members that call it, for a unit that is looked at because it changed; null where that was not asked.</summary>
    public string? Callers { get; init; }
}
