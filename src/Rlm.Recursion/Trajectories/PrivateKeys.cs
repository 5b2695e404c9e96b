using System.Buffers;

namespace Rlm.Recursion.Trajectories;

/// <summary>Finds PEM private keys, also such as stand in code in pieces, with line numbers, or without their end or beginning.</summary>
internal static class PrivateKeys
{
    private const string Dashes = "-----", Begin = "-----BEGIN", End = "-----END", Name = "PRIVATE KEY";
    private const int LongestTitle = 60, ShortestPiece = 20;
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    /// <summary>The keys in a text; headers without a body are no keys.</summary>
    public static IEnumerable<Hit> Find(string text)
    {
        for (var at = text.IndexOf(Begin, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Begin, at + 1, StringComparison.Ordinal))
            if (Title(text, at + Begin.Length) is { } body && BodyEnd(text, body) is { } end) yield return new(at, end, "private key");
        for (var at = text.IndexOf(End, StringComparison.Ordinal); at >= 0; at = text.IndexOf(End, at + 1, StringComparison.Ordinal))
            if (Title(text, at + End.Length) is { } end && BodyStart(text, at) is { } start) yield return new(start, end, "private key");
    }

    // Where a title of a private key ends; null when it is another's.
    private static int? Title(string text, int at)
    {
        var close = text.AsSpan(at, Math.Min(LongestTitle, text.Length - at)).IndexOf(Dashes);
        return close >= 0 && text.AsSpan(at, close).Contains(Name, StringComparison.Ordinal) ? at + close + Dashes.Length : null;
    }

    // After the last long piece of base64 that follows, or after the closing line.
    private static int? BodyEnd(string text, int at)
    {
        int? end = null;
        var (piece, isQuoted) = (0, false);
        for (; at < text.Length; at++)
        {
            var letter = text[at];
            piece = Letters.Contains(letter) ? piece + 1 : 0;
            // The last line may be short: whatever follows a long piece on the next line belongs to it.
            if (piece >= ShortestPiece || (piece > 0 && end is not null && IsAfterBreak(text, at - piece))) end = at + 1;
            if (piece > 0) continue;
            if (text.AsSpan(at).StartsWith(Dashes)) return end is null ? null : text.AsSpan(at).StartsWith(End) ? Title(text, at + End.Length) ?? end : end;
            isQuoted |= letter is '"' or '\'';
            if (!char.IsWhiteSpace(letter) && letter is not ('"' or '\'' or '|' or '\\') && (isQuoted || letter is not (',' or ':' or '-'))) break;
        }
        return end;
    }

    // The first character of the long pieces of base64 before a place.
    private static int? BodyStart(string text, int at)
    {
        int? start = null;
        var piece = 0;
        for (at--; at >= 0; at--)
        {
            var letter = text[at];
            piece = Letters.Contains(letter) ? piece + 1 : 0;
            if (piece >= ShortestPiece) start = at;
            if (piece == 0 && !char.IsWhiteSpace(letter) && letter is not ('"' or '\'' or '|' or '\\')) break;
        }
        return start;
    }

    private static bool IsAfterBreak(string text, int at) => at >= 0 && text[at] is '\n' or '\t' or '"' or '\'';
}
