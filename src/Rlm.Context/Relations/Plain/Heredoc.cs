using System.Text.RegularExpressions;

namespace Rlm.Context.Relations.Plain;

/// <summary>A string that begins with the next line and ends with a line that holds the word it was announced by: <c>&lt;&lt;~SQL</c>, <c>&lt;&lt;&lt;'EOT'</c>.</summary>
/// <param name="Word">The word.</param>
/// <param name="IsRaw">Whether names in it are no code.</param>
internal sealed partial record Heredoc(string Word, bool IsRaw)
{
    /// <summary>The one that is announced here, and how long the announcement is; null where none is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where a <c>&lt;</c> stands.</param>
    /// <param name="sign"><c>&lt;&lt;</c> or <c>&lt;&lt;&lt;</c>.</param>
    /// <param name="isSpaced">Whether a space may stand behind it.</param>
    public static (Heredoc Heredoc, int Length)? At(string text, int at, string sign, bool isSpaced)
    {
        if (string.CompareOrdinal(text, at, sign, 0, sign.Length) != 0 || (at > 0 && text[at - 1] == '<')) return null;
        var match = Announcement().Match(text, at + sign.Length, Math.Min(100, text.Length - at - sign.Length));
        if (!match.Success || (match.Groups["space"].Length > 0 && !isSpaced)) return null;
        return (new(match.Groups["word"].Value, match.Groups["quote"].Value == "'"), sign.Length + match.Length);
    }

    /// <summary>Where the word stands that ends it; -1 where no line does: then it was none, but a shift or text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where a line begins.</param>
    /// <param name="mayGoOn">Whether code may stand behind the word on its line.</param>
    public int EndOf(string text, int from, bool mayGoOn)
    {
        for (var start = from; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0) end = text.Length;
            var line = text.AsSpan(start, end - start);
            var rest = line.TrimStart();
            if (rest.StartsWith(Word) && IsEnd(rest[Word.Length..], mayGoOn)) return start + line.Length - rest.Length;
            start = end + 1;
        }
        return -1;
    }

    private static bool IsEnd(ReadOnlySpan<char> behind, bool mayGoOn) => mayGoOn ? behind.IsEmpty || (!char.IsLetterOrDigit(behind[0]) && behind[0] != '_') : behind.Trim().IsEmpty;

    // The word of one that is shifted by a value is lower case or a number: only words that are written as such are believed.
    [GeneratedRegex(@"\G[~-]?(?<space>[ ]?)(?<quote>['""]?)(?<word>[A-Z_][A-Z0-9_]*)\k<quote>(?![\w(])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Announcement();
}
