using System.Text;

namespace Rlm.Context.Relations;

/// <summary>Where whole words stand in a text, by the same rule as a search for words: no letter, digit, mark or underscore beside them.</summary>
internal static class WordPlaces
{
    /// <summary>Offsets of each name in ascending order.</summary>
    public static List<(int Offset, string Name)> Of(string text, IEnumerable<string> names)
    {
        var places = new List<(int Offset, string Name)>();
        foreach (var name in names)
            for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
                if (!IsWordBefore(text, at) && !IsWordAt(text, at + name.Length)) places.Add((at, name));
        places.Sort(static (left, right) => left.Offset != right.Offset ? left.Offset.CompareTo(right.Offset) : string.CompareOrdinal(left.Name, right.Name));
        return places;
    }

    /// <summary>Whether a text can be the name of a declaration: a letter or underscore, then letters, digits, marks, underscores.</summary>
    public static bool IsIdentifier(string name) => name.Length is > 0 and <= 512 && !char.IsAsciiDigit(name[0]) && name.EnumerateRunes().All(IsWord);

    /// <summary>Whether a character belongs to words.</summary>
    public static bool IsWord(Rune rune) => rune.Value == '_' || Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark
        or System.Globalization.UnicodeCategory.SpacingCombiningMark or System.Globalization.UnicodeCategory.ConnectorPunctuation;

    private static bool IsWordAt(string text, int at) => at < text.Length && Rune.TryGetRuneAt(text, at, out var rune) && IsWord(rune);

    private static bool IsWordBefore(string text, int at) =>
        at > 0 && Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var rune, out _) == System.Buffers.OperationStatus.Done && IsWord(rune);
}
