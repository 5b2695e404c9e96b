namespace Rlm.Mcp.Rendering;

/// <summary>Long lines are shown in part: text shows up to 400 characters around the match with <c>…</c> on the cut sides, JSON the first 2,000.</summary>
internal static class LongLine
{
    public const int TextWidth = 400, JsonWidth = 2_000;

    /// <summary>The line for a text answer.</summary>
    /// <param name="line">Without its terminator.</param>
    /// <param name="column">Of the match, from 1.</param>
    /// <param name="length">Of the match.</param>
    /// <param name="width">Most characters, where there is not even room for 400.</param>
    public static string Around(string line, int column, int length, int width = TextWidth)
    {
        if (line.Length <= width) return line;
        var shown = Math.Min(length, width);
        var start = Math.Clamp(column - 1 - (width - shown) / 2, 0, line.Length - width);
        var end = start + width;
        if (start > 0 && char.IsLowSurrogate(line[start])) start++;
        if (end < line.Length && char.IsHighSurrogate(line[end - 1])) end--;
        return (start > 0 ? "…" : "") + line[start..end] + (end < line.Length ? "…" : "");
    }

    /// <summary>The line for a JSON answer, and whether it was cut.</summary>
    public static (string Text, bool Cut) Json(string line, int width = JsonWidth)
    {
        if (line.Length <= width) return (line, false);
        var end = width > 0 && char.IsHighSurrogate(line[width - 1]) ? width - 1 : width;
        return (line[..end], true);
    }
}
