using System.Buffers;

namespace Rlm.Context.Relations.Plain;

/// <summary>How a language writes strings whose end repeats a sign of its own choice.</summary>
internal enum RawForm
{
    /// <summary>It has none.</summary>
    None,

    /// <summary><c>R"sign( … )sign"</c>.</summary>
    Cpp,

    /// <summary><c>r"…"</c>, <c>r#"…"#</c>, <c>br##"…"##</c>.</summary>
    Rust,

    /// <summary><c>#"…"#</c>, <c>##"""…"""##</c>.</summary>
    Swift,
}

/// <summary>Strings in which no sign is special but their end, which their beginning names.</summary>
internal static class RawString
{
    private const int LongestSign = 16;
    private static readonly SearchValues<char> NoSign = SearchValues.Create(" )\\\"\t\n\r");

    /// <summary>Where the one that begins here ends, behind its last quote; -1 where none begins. One that nothing closes ends with the text.</summary>
    public static int EndOf(string text, int at, RawForm form)
    {
        if (form == RawForm.None || text[at] is not ('R' or 'r' or '#') || (text[at] != '#' && !IsWordStart(text, at))) return -1;
        return form switch
        {
            RawForm.Cpp when text[at] == 'R' => EndOfCpp(text, at + 1),
            RawForm.Rust when text[at] == 'r' => EndOfHashes(text, at + 1, least: 0),
            RawForm.Swift when text[at] == '#' => EndOfHashes(text, at, least: 1),
            _ => -1,
        };
    }

    // u8R"…" and br"…": what stands before belongs to the string when it is one of its prefixes.
    private static bool IsWordStart(string text, int at)
    {
        var start = at;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '_')) start--;
        return text.AsSpan(start, at - start) is "" or "b" or "c" or "u8" or "u" or "U" or "L";
    }

    private static int EndOfCpp(string text, int at)
    {
        if (at >= text.Length || text[at] != '"') return -1;
        var open = text.IndexOf('(', at, Math.Min(LongestSign + 2, text.Length - at));
        return open < 0 || text.AsSpan(at + 1, open - at - 1).ContainsAny(NoSign) ? -1 : Closing(text, open + 1, $"){text[(at + 1)..open]}\"");
    }

    private static int EndOfHashes(string text, int at, int least)
    {
        var quote = at;
        while (quote < text.Length && text[quote] == '#' && quote - at < LongestSign) quote++;
        if (quote - at < least || quote >= text.Length || text[quote] != '"') return -1;
        var quotes = least > 0 && text.AsSpan(quote).StartsWith("\"\"\"") ? "\"\"\"" : "\"";
        return Closing(text, quote + quotes.Length, quotes + text[at..quote]);
    }

    private static int Closing(string text, int from, string close) => text.IndexOf(close, from, StringComparison.Ordinal) is >= 0 and var end ? end + close.Length : text.Length;
}
