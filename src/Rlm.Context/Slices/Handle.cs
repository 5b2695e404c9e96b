using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Context.Files;

namespace Rlm.Context.Slices;

/// <summary>
/// Names lines of a file together with a hash of their text: <c>src/A.cs:10-42@3fa9c1d2</c>. It stays good as long as that text stands there,
/// whatever changes around it, and is followed when the text moves.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Range">The lines.</param>
/// <param name="Hash">Eight hex digits over the lines' text with their terminators, see <see cref="ContentHash"/>.</param>
public readonly partial record struct Handle(RepoPath Path, LineRange Range, string Hash)
{
    /// <summary>The handle of lines of a text.</summary>
    public static Handle Of(RepoPath path, LineRange range, ReadOnlySpan<char> text) => new(path, range, ContentHash.Of(text));

    /// <summary>Reads a handle back; false when the text is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Handle? handle)
    {
        handle = null;
        var match = Pattern().Match(text);
        if (!match.Success || !RepoPath.TryNormalize(match.Groups[1].Value, out var path)) return false;
        if (!int.TryParse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out var start)) return false;
        if (!int.TryParse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture, out var end)) return false;
        handle = new Handle(path, new(start, end), match.Groups[4].Value);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Path.Value}:{Range.Start}-{Range.End}@{Hash}";

    [GeneratedRegex(@"^(.+):([0-9]{1,9})-([0-9]{1,9})@([0-9a-f]{8})\z", RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
