namespace Rlm.Context.History.Comparing;

/// <summary>Lines that differ between two texts. Lines count from 1; of an empty side <c>Start</c> is the line that follows.</summary>
/// <param name="OldStart">First line in the old text.</param>
/// <param name="OldCount">How many.</param>
/// <param name="NewStart">First line in the new text.</param>
/// <param name="NewCount">How many.</param>
public readonly record struct LineHunk(int OldStart, int OldCount, int NewStart, int NewCount);
