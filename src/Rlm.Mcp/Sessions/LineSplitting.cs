namespace Rlm.Mcp.Sessions;

/// <summary>Lines of a text as the store counts them: they end at LF or CRLF only.</summary>
internal static class LineSplitting
{
    /// <summary>The lines without their ends; a final line break opens no further line.</summary>
    public static IEnumerable<string> EnumerateLinesOf(this string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var stop = end < 0 ? text.Length : end > start && text[end - 1] == '\r' ? end - 1 : end;
            yield return text[start..stop];
            start = end < 0 ? text.Length : end + 1;
        }
    }
}
