using System.Buffers;
using System.Text;

namespace Rlm.Context.Outlines;

/// <summary>Squeezes source text to one line: comments and preprocessor lines out, white space to single blanks, strings kept.</summary>
internal static class SignatureText
{
    private const int MaxLength = 2000;
    private static readonly SearchValues<char> Unusual = SearchValues.Create("\t\r\n\v\f/#\u0085\u00a0\u2028\u2029\u3000\ufeff");

    /// <summary>The text between two offsets (from 0, half-open) on one line, cut with <c>…</c> after 2,000 characters.</summary>
    public static string Squeeze(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        var span = text.AsSpan(start, end - start);
        if (span.Length <= MaxLength && IsPlain(span)) return span.ToString();
        return Rewrite(span);
    }

    /// <summary>As <see cref="Squeeze"/>, and blanks only where two words would run together: <c>Dictionary&lt;string,int&gt;</c>.</summary>
    public static string Tight(string text, int start, int end)
    {
        var squeezed = Squeeze(text, start, end);
        if (!squeezed.Contains(' ', StringComparison.Ordinal)) return squeezed;
        var builder = new StringBuilder(squeezed.Length);
        for (var at = 0; at < squeezed.Length; at++)
            if (squeezed[at] != ' ' || (at > 0 && IsWord(squeezed[at - 1]) && IsWord(squeezed[at + 1]))) builder.Append(squeezed[at]);
        return builder.ToString();
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '@';

    private static bool IsPlain(ReadOnlySpan<char> span) =>
        !span.ContainsAny(Unusual) && !span.Contains("  ", StringComparison.Ordinal);

    private static string Rewrite(ReadOnlySpan<char> span)
    {
        var builder = new StringBuilder(Math.Min(span.Length, MaxLength));
        var lineStart = false;
        for (var at = 0; at < span.Length && builder.Length < MaxLength;)
        {
            var character = span[at];
            var rest = span[at..];
            if (character is '"' or '\'') at = Copy(span, at, builder);
            else if (rest.StartsWith("//") || (lineStart && character == '#')) at += LineLength(rest);
            else if (rest.StartsWith("/*"))
            {
                at += CommentLength(rest);
                if (builder.Length > 0 && builder[^1] != ' ') builder.Append(' ');
            }
            else if (char.IsWhiteSpace(character))
            {
                lineStart |= character is '\n' or '\r';
                at++;
                if (builder.Length > 0 && builder[^1] != ' ') builder.Append(' ');
                continue;
            }
            else
            {
                builder.Append(character);
                at++;
            }
            lineStart = false;
        }
        if (builder.Length >= MaxLength) builder.Append('…');
        return builder.ToString().TrimEnd();
    }

    // A string or character literal, to its own quote or the end of the line; a default value is rarely more.
    private static int Copy(ReadOnlySpan<char> span, int at, StringBuilder builder)
    {
        var quote = span[at];
        var verbatim = at > 0 && (span[at - 1] == '@' || (at > 1 && span[at - 1] == '$' && span[at - 2] == '@'));
        builder.Append(quote);
        for (at++; at < span.Length && builder.Length < MaxLength; at++)
        {
            var character = span[at];
            builder.Append(character is '\n' or '\r' or '\t' ? ' ' : character);
            if (character == '\\' && !verbatim && at + 1 < span.Length) builder.Append(span[++at]);
            else if (character == quote || (character == '\n' && !verbatim)) return at + 1;
        }
        return at;
    }

    private static int LineLength(ReadOnlySpan<char> rest) => rest.IndexOfAny('\n', '\r') is var length and >= 0 ? length : rest.Length;

    private static int CommentLength(ReadOnlySpan<char> rest) => rest[2..].IndexOf("*/") is var length and >= 0 ? length + 4 : rest.Length;
}
