namespace Rlm.Context.Relations.CSharp;

/// <summary>Tells names in <c>cref</c> attributes of doc comments from other words of comments.</summary>
internal static class CrefPlaces
{
    /// <summary>Whether an offset inside a comment lies in the value of a <c>cref</c> on its line.</summary>
    public static bool Holds(string text, int offset)
    {
        var line = text.AsSpan(text.LastIndexOf('\n', Math.Max(0, offset - 1)) + 1);
        var before = line[..(offset - (text.Length - line.Length))];
        if (!before.TrimStart().StartsWith("///") && !before.TrimStart().StartsWith("*") && !before.Contains("/**", StringComparison.Ordinal)) return false;
        var at = before.LastIndexOf("cref=\"");
        return at >= 0 && !before[(at + "cref=\"".Length)..].Contains('"');
    }
}
