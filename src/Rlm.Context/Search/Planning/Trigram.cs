using System.Text;

namespace Rlm.Context.Search.Planning;

/// <summary>
/// Three consecutive bytes of a text's UTF-8 with ASCII letters in lower case, as a number below 2^24: the first byte is the highest.
/// The unit that files are indexed by; see Russ Cox, "Regular Expression Matching with a Trigram Index" (2012).
/// </summary>
internal static class Trigram
{
    /// <summary>How many there can be.</summary>
    public const int Count = 1 << 24;

    private static readonly byte[] Folds = MakeFolds();

    /// <summary>ASCII letters in lower case, all other bytes as they are.</summary>
    public static byte Fold(byte value) => Folds[value];

    /// <summary>The number of three bytes, folded.</summary>
    public static uint Of(byte first, byte second, byte third) => ((uint)Fold(first) << 16) | ((uint)Fold(second) << 8) | Fold(third);

    /// <summary>All distinct trigrams of a UTF-8 text, ascending. For queries and tests; files go through a <c>TrigramCollector</c>.</summary>
    public static SortedSet<uint> AllOf(ReadOnlySpan<byte> utf8)
    {
        var trigrams = new SortedSet<uint>();
        for (var at = 0; at + 2 < utf8.Length; at++) trigrams.Add(Of(utf8[at], utf8[at + 1], utf8[at + 2]));
        return trigrams;
    }

    /// <summary>All distinct trigrams of a text, ascending.</summary>
    public static SortedSet<uint> AllOf(string text) => AllOf(Encoding.UTF8.GetBytes(text));

    private static byte[] MakeFolds()
    {
        var folds = new byte[256];
        for (var value = 0; value < 256; value++) folds[value] = (byte)(value is >= 'A' and <= 'Z' ? value | 0x20 : value);
        return folds;
    }
}
