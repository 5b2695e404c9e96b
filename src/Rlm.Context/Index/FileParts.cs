using System.Globalization;

namespace Rlm.Context.Index;

/// <summary>
/// Long texts go into the index in parts that end where a line ends. A match lies within one line, so whatever a part's trigrams rule out is ruled out; whole, a text of some
/// hundred kilobytes has nearly every trigram and would be looked through by every search. Each part is a file of its own to the engine.
/// </summary>
internal static class FileParts
{
    /// <summary>A part has at least so many bytes, but for the last, and ends with the line there.</summary>
    public const int PartBytes = 48 << 10;

    private const long LeastDivided = 2 * PartBytes;

    /// <summary>Whether a text of so many bytes is divided, as far as its lines allow.</summary>
    public static bool AreFor(long bytes) => bytes >= LeastDivided;

    /// <summary>At most so many parts.</summary>
    public static int MostFor(long bytes) => (int)(bytes / PartBytes) + 1;

    /// <summary>The name under which the engine knows a part: no path has a NUL.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="part">From 0.</param>
    public static string NameOf(string path, int part) => string.Create(CultureInfo.InvariantCulture, $"{path}\0{part}");

    /// <summary>Where the next part of a text ends.</summary>
    public static int EndOf(ReadOnlySpan<byte> utf8, int start)
    {
        for (var from = start + PartBytes; from < utf8.Length; from++)
        {
            var end = utf8[from..].IndexOf((byte)'\n');
            if (end < 0) break;
            from += end;
            if (from + 1 < utf8.Length && !MayBeAMark(utf8[from + 1])) return from + 1;
        }
        return utf8.Length;
    }

    // What marks an encoding at the beginning of a text is a character like others inside it.
    private static bool MayBeAMark(byte first) => first is 0xEF or 0xFE or 0xFF;
}
