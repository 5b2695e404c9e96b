using System.Globalization;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>
/// Strings counted in code points, as Python counts. Nearly all texts have no surrogates, where places are those of UTF-16; what was found out about the last long text is kept, because loops index the same one.
/// </summary>
internal static class CodePoints
{
    private static readonly string[] Ascii = [.. Enumerable.Range(0, 128).Select(code => ((char)code).ToString())];

    [ThreadStatic]
    private static (string? Text, int[]? Places) _last;

    public static int Count(string text) => Places(text) is { } places ? places.Length - 1 : text.Length;

    /// <summary>The UTF-16 place of a code point; the count itself gives the end.</summary>
    public static int ToUnits(string text, int index) => Places(text) is { } places ? places[index] : index;

    public static int FromUnits(string text, int unit)
    {
        if (Places(text) is not { } places) return unit;
        var at = Array.BinarySearch(places, unit);
        return at < 0 ? ~at - 1 : at;
    }

    public static string At(string text, int index)
    {
        if (Places(text) is { } places) return text[places[index]..places[index + 1]];
        return One(text[index]);
    }

    public static string One(char unit) => unit < 128 ? Ascii[unit] : unit.ToString();

    public static IEnumerable<object> Each(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsHighSurrogate(text[at]) || at + 1 == text.Length)
            {
                yield return One(text[at]);
                continue;
            }
            yield return text.Substring(at, 2);
            at++;
        }
    }

    public static bool HasSurrogates(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;

    public static UnicodeCategory Category(string text, int unit) => CharUnicodeInfo.GetUnicodeCategory(text, unit);

    /// <summary>Host texts may be broken; programs see whole characters only.</summary>
    public static string Repaired(string text)
    {
        if (!HasSurrogates(text)) return text;
        return string.Concat(text.EnumerateRunes());
    }

    private static int[]? Places(string text)
    {
        if (ReferenceEquals(_last.Text, text)) return _last.Places;
        if (!HasSurrogates(text))
        {
            if (text.Length > 256) _last = (text, null);
            return null;
        }
        var places = new List<int>(text.Length + 1);
        for (var at = 0; at < text.Length; at++)
        {
            places.Add(at);
            if (char.IsHighSurrogate(text[at])) at++;
        }
        places.Add(text.Length);
        _last = (text, [.. places]);
        return _last.Places;
    }
}
