using System.Buffers;

namespace Rlm.Recursion.Trajectories;

/// <summary>A stretch of a text that may be base64 (either alphabet), with the line breaks that mail and PEM put into it.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">After its last.</param>
internal readonly record struct Base64Run(int Start, int End)
{
    private const int Shortest = 16, ShortestFullLine = 60, ShortestText = 8;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <summary>What base64 is written in.</summary>
    public static SearchValues<char> Letters { get; } = SearchValues.Create(Alphabet + "-_=\r\n");

    private static readonly SearchValues<char> Digits = SearchValues.Create(Alphabet + "-_");

    /// <summary>The runs in a text, in order.</summary>
    public static IEnumerable<Base64Run> In(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var skip = text.AsSpan(at).IndexOfAny(Digits);
            if (skip < 0) yield break;
            var start = at + skip;
            at = EndOf(text, start);
            if (at - start >= Shortest) yield return new(start, at);
        }
    }

    /// <summary>What it says, one byte a character, read from each of the four places where its first group may begin; what holds no text of ASCII is left out, which is most.</summary>
    public IEnumerable<string> Decoded(string text)
    {
        for (var offset = 0; offset < 4; offset++)
            if (Decode(text.AsSpan(Start + offset, End - Start - offset)) is { } plain) yield return plain;
    }

    private static int EndOf(string text, int start)
    {
        for (var line = start; ;)
        {
            var length = text.AsSpan(line).IndexOfAnyExcept(Digits);
            var end = length < 0 ? text.Length : line + length;
            var next = end < text.Length && text[end] == '\r' ? end + 1 : end;
            if (end - line < ShortestFullLine || next + 1 >= text.Length || text[next] != '\n' || !Digits.Contains(text[next + 1])) return end;
            line = next + 1;
        }
    }

    private static string? Decode(ReadOnlySpan<char> run)
    {
        var plain = ArrayPool<char>.Shared.Rent((run.Length * 3 / 4) + 1);
        var (length, bits, held, stretch, longest) = (0, 0, 0, 0, 0);
        foreach (var letter in run)
        {
            var digit = Digit(letter);
            if (digit < 0) continue;
            bits = ((bits << 6) | digit) & 0xFFFFFF;
            held += 6;
            if (held < 8) continue;
            held -= 8;
            var value = (char)((bits >> held) & 0xFF);
            plain[length++] = value;
            stretch = value is (>= ' ' and <= '~') or '\n' or '\r' or '\t' ? stretch + 1 : 0;
            longest = Math.Max(longest, stretch);
        }
        var text = longest < ShortestText ? null : new string(plain, 0, length);
        ArrayPool<char>.Shared.Return(plain);
        return text;
    }

    private static int Digit(char letter) => letter switch
    {
        >= 'A' and <= 'Z' => letter - 'A',
        >= 'a' and <= 'z' => letter - 'a' + 26,
        >= '0' and <= '9' => letter - '0' + 52,
        '+' or '-' => 62,
        '/' or '_' => 63,
        _ => -1,
    };
}
