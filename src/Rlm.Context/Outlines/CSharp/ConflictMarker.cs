namespace Rlm.Context.Outlines.CSharp;

/// <summary>The lines that version control leaves in a file with a merge conflict: seven equal signs at the start of a line.</summary>
internal static class ConflictMarker
{
    private const int Length = 7;

    /// <summary>True when a marker begins at the offset.</summary>
    public static bool IsAt(string text, int at)
    {
        if (at + Length > text.Length || (at > 0 && text[at - 1] != '\n') || text[at] is not ('<' or '=' or '>' or '|')) return false;
        var marker = text.AsSpan(at, Length);
        if (marker.ContainsAnyExcept(marker[0])) return false;
        return at + Length == text.Length || text[at + Length] is ' ' or '\r' or '\n';
    }
}
