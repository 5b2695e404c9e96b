using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running.Planning;

/// <summary>A run of units that one sub-agent takes.</summary>
/// <param name="Units">In the order of the whole.</param>
/// <param name="Tokens">A quarter of their characters.</param>
internal sealed record Part(IReadOnlyList<Unit> Units, long Tokens)
{
    /// <summary>Holds one unit that is larger than a part may be: it cannot be cut.</summary>
    public bool IsOversized { get; init; }
}
