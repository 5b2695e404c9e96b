namespace Rlm.Context.Outlines.Declarations;

/// <summary>Python's documentation: the string with which a body begins.</summary>
internal static class DocString
{
    private const int MaxLength = 4000;

    /// <summary>Its first paragraph on one line; null when the body begins otherwise.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="header">Offset of the colon that ends the header.</param>
    /// <param name="end">Behind the declaration.</param>
    public static string? Find(string text, int header, int end)
    {
        if (header >= end || text[header] != ':') return null;
        var body = WithoutComments(text.AsSpan(header + 1, Math.Min(end - header - 1, MaxLength)));
        body = body.TrimStart("rRuUbBfF");
        if (body.IsEmpty || body[0] is not ('"' or '\'')) return null;
        ReadOnlySpan<char> quote = body.StartsWith("\"\"\"") ? "\"\"\"" : body.StartsWith("'''") ? "'''" : body[..1];
        body = body[quote.Length..];
        var close = body.IndexOf(quote);
        return CommentAbove.Shorten(FirstParagraph(close < 0 ? body : body[..close]));
    }

    private static ReadOnlySpan<char> WithoutComments(ReadOnlySpan<char> body)
    {
        for (body = body.TrimStart(); body.StartsWith("#"); body = body.TrimStart())
            body = body.IndexOf('\n') is >= 0 and var length ? body[length..] : default;
        return body;
    }

    private static string FirstParagraph(ReadOnlySpan<char> text)
    {
        var lines = new List<string>();
        foreach (var line in text.EnumerateLines())
        {
            var words = line.Trim();
            if (!words.IsEmpty) lines.Add(words.ToString());
            else if (lines.Count > 0) break;
        }
        return string.Join(' ', lines);
    }
}
