namespace Rlm.Context.Files;

/// <summary>
/// A path relative to the root, <c>/</c> separated, without <c>.</c>, <c>..</c> or empty parts; the empty path is the root itself.
/// Compared by ordinal, part of every slice and symbol, and the only kind of path that a model ever sees.
/// </summary>
/// <param name="Value">The text form; <c>""</c> for the root.</param>
public readonly record struct RepoPath(string Value) : IComparable<RepoPath>
{
    /// <summary>The root folder.</summary>
    public static RepoPath Root { get; } = new("");

    /// <summary>True for the root folder.</summary>
    public bool IsRoot => Value.Length == 0;

    /// <summary>The last part; empty for the root.</summary>
    public string Name => Value[(Value.LastIndexOf('/') + 1)..];

    /// <summary>The folder that holds this path; the root's parent is the root.</summary>
    public RepoPath Parent => Value.LastIndexOf('/') is var slash and >= 0 ? new(Value[..slash]) : Root;

    /// <summary>
    /// Normalises what a caller wrote: <c>./a//b/../c</c> becomes <c>a/c</c>. Backslashes are not separators.
    /// Fails (false) when <c>..</c> climbs above the root, for absolute paths and for a NUL.
    /// </summary>
    public static bool TryNormalize(string text, out RepoPath path)
    {
        path = Root;
        if (text.StartsWith('/') || text.Contains('\0')) return false;
        var parts = new List<string>();
        foreach (var part in text.Split('/'))
        {
            if (part is "" or ".") continue;
            if (part != "..") parts.Add(part);
            else if (parts.Count == 0) return false;
            else parts.RemoveAt(parts.Count - 1);
        }
        path = new(string.Join('/', parts));
        return true;
    }

    /// <summary>The path of a member of this folder.</summary>
    public RepoPath Combine(string name) => IsRoot ? new(name) : new(Value + "/" + name);

    /// <summary>True when this path is <paramref name="folder"/> or lies below it, by whole components.</summary>
    public bool IsWithin(RepoPath folder) =>
        folder.IsRoot || Value == folder.Value
        || (Value.Length > folder.Value.Length && Value[folder.Value.Length] == '/' && Value.StartsWith(folder.Value, StringComparison.Ordinal));

    /// <inheritdoc/>
    public int CompareTo(RepoPath other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
