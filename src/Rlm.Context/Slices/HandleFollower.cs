using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Slices;

/// <summary>Why a handle's text is shown from another place.</summary>
public enum MoveReason
{
    /// <summary>The symbol that the handle showed stands there now.</summary>
    Symbol,
    /// <summary>The same text was found there.</summary>
    Content,
}

/// <summary>Where a handle's text is now.</summary>
/// <param name="Range">The lines to show.</param>
/// <param name="Reason">Null when nothing moved; else how the new place was found.</param>
internal sealed record FollowedHandle(LineRange Range, MoveReason? Reason);

/// <summary>Finds out whether a handle's text still stands where it stood, and where it went when not.</summary>
internal static class HandleFollower
{
    // Searching a file for moved text hashes every window of that many lines; beyond this much hashing only the nearest windows are tried.
    private const long MaxHashedCharacters = 64 << 20;

    /// <summary>Where the text is in this version of the file, or null when it is gone from it.</summary>
    /// <param name="handle">What was given out.</param>
    /// <param name="text">The file as it is now.</param>
    /// <param name="outline">Its outline, asked for only when the text does not stand where it was.</param>
    /// <param name="symbol">The symbol path that stood at the handle, when known.</param>
    public static FollowedHandle? Follow(Handle handle, OpenText text, Func<Outline> outline, string? symbol)
    {
        if (Stands(handle, text, handle.Range)) return new(handle.Range, null);
        if (symbol is not null && outline().All.FirstOrDefault(candidate => candidate.Path == symbol) is { } found)
            return MovedInside(handle, text, found.Range) is { } inside ? new(inside, MoveReason.Content) : new(found.Range, MoveReason.Symbol);
        return Nearest(handle, text) is { } range ? new(range, MoveReason.Content) : null;
    }

    private static bool Stands(Handle handle, OpenText text, LineRange range) =>
        range.Start >= 1 && range.End <= text.LineCount && range.Count >= 0 && ContentHash.Of(text.Lines(range).AsSpan()) == handle.Hash;

    // A part of a symbol that still reads the same is shown as that part, not as the whole symbol.
    private static LineRange? MovedInside(Handle handle, OpenText text, LineRange symbol)
    {
        for (var start = symbol.Start; start + handle.Range.Count - 1 <= symbol.End; start++)
            if (new LineRange(start, start + handle.Range.Count - 1) is var window && window != symbol && Stands(handle, text, window)) return window;
        return null;
    }

    private static LineRange? Nearest(Handle handle, OpenText text)
    {
        if (text is not WholeText whole || handle.Range.Count < 1) return null;
        int count = handle.Range.Count, last = text.LineCount - count + 1;
        if (last < 1) return null;
        var cost = Math.Max(1, (long)whole.Text.Text.Length * count / Math.Max(1, text.LineCount));
        var tries = Math.Min(last, MaxHashedCharacters / cost);
        for (var step = 1; tries > 0 && (handle.Range.Start - step >= 1 || handle.Range.Start + step <= last); step++)
            foreach (var start in (ReadOnlySpan<int>)[handle.Range.Start - step, handle.Range.Start + step])
            {
                if (start < 1 || start > last) continue;
                tries--;
                if (Stands(handle, text, new(start, start + count - 1))) return new(start, start + count - 1);
            }
        return null;
    }
}
