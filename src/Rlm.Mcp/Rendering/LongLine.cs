namespace Rlm.Mcp.Rendering;

/// <summary>Long lines are shown in part: text shows up to 400 characters around the match with <c>…</c> on the cut sides, JSON the first 2,000.</summary>
internal static class LongLine
{
    public const int TextWidth = 400, JsonWidth = 2_000;

    /// <summary>The line for a text answer.</summary>
    /// <param name="line">Without its terminator.</param>
    /// <param name="column">Of the match, from 1.</param>
    /// <param name="length">Of the match.</param>
    public static string Around(string line, int column, int length)
    {
        if (line.Length <= TextWidth) return line;
        var shown = Math.Min(length, TextWidth);
        var start = Math.Clamp(column - 1 - (TextWidth - shown) / 2, 0, line.Length - TextWidth);
        var end = start + TextWidth;
        if (start > 0 && char.IsLowSurrogate(line[start])) start++;
        if (end < line.Length && char.IsHighSurrogate(line[end - 1])) end--;
        return (start > 0 ? "…" : "") + line[start..end] + (end < line.Length ? "…" : "");
    }

    /// <summary>The line for a JSON answer, and whether it was cut.</summary>
    public static (string Text, bool Cut) Json(string line)
    {
        if (line.Length <= JsonWidth) return (line, false);
        var end = char.IsHighSurrogate(line[JsonWidth - 1]) ? JsonWidth - 1 : JsonWidth;
        return (line[..end], true);
    }
}
