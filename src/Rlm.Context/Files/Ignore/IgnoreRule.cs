namespace Rlm.Context.Files.Ignore;

/// <summary>One line of an ignore file.</summary>
/// <param name="Index">Its rank: the last rule that matches decides.</param>
/// <param name="Pattern">What it matches.</param>
/// <param name="Negated">It takes a path back in.</param>
/// <param name="FoldersOnly">It ended with a slash.</param>
/// <param name="ByName">Without a slash inside: matched against the name, at any depth; else against the path from the file's folder.</param>
internal sealed record IgnoreRule(int Index, Glob Pattern, bool Negated, bool FoldersOnly, bool ByName)
{
    /// <summary>Null for blank lines, comments and patterns that cannot match.</summary>
    public static IgnoreRule? Parse(ReadOnlySpan<char> line, int index)
    {
        if (line.Length == 0 || line[0] == '#') return null;
        line = TrimBlanks(line);
        var negated = line is ['!', ..];
        if (negated) line = line[1..];
        var foldersOnly = line is [.., '/'];
        if (foldersOnly) line = line[..^1];
        var byName = !line.Contains('/');
        if (line is ['/', ..]) line = line[1..];
        return Glob.Parse(line) is { } glob ? new(index, glob, negated, foldersOnly, byName) : null;
    }

    /// <summary>True when the rule speaks about this entry.</summary>
    public bool Matches(ReadOnlySpan<char> path, ReadOnlySpan<char> name, bool isFolder) =>
        (isFolder || !FoldersOnly) && (ByName ? Pattern.Segments[0].Matches(name) : Pattern.Matches(path));

    /// <summary>Drops final blanks, but not one behind a backslash.</summary>
    private static ReadOnlySpan<char> TrimBlanks(ReadOnlySpan<char> line)
    {
        var end = 0;
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == ' ') continue;
            if (line[at] == '\\') at++;
            end = Math.Min(at + 1, line.Length);
        }
        return line[..end];
    }
}
