namespace Rlm.Context.Files;

/// <summary>Model-facing lines: one-based, both ends included. Converted to offsets only by <see cref="LineMap"/>.</summary>
/// <param name="Start">First line, from 1.</param>
/// <param name="End">Last line, at least <paramref name="Start"/> (an empty file has the range 1-0).</param>
public readonly record struct LineRange(int Start, int End)
{
    /// <summary>How many lines.</summary>
    public int Count => End - Start + 1;

    /// <summary>True when <paramref name="line"/> is inside.</summary>
    public bool Contains(int line) => line >= Start && line <= End;

    /// <summary>True when all of <paramref name="other"/> is inside.</summary>
    public bool Contains(LineRange other) => other.Start >= Start && other.End <= End;

    /// <inheritdoc/>
    public override string ToString() => $"{Start}-{End}";
}
