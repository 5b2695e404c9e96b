using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>An instruction: a split goes to <see cref="First"/> before <see cref="Second"/> (−1: nowhere); a save remembers the place in the slot <see cref="First"/>.</summary>
internal sealed record RegexStep(RegexOperation Operation)
{
    public RegexSet? Set { get; init; }

    public int First { get; init; }

    public int Second { get; init; }

    public RegexAssertion Assertion { get; init; }

    public bool Ascii { get; init; }
}
