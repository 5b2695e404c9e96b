using Rlm.Context.Files;

namespace Rlm.Context.History.Opening;

/// <summary>
/// The few keys of a repository's own <c>config</c> that say how its objects are kept, read as data: <c>include</c> is not followed and nothing else has any effect.
/// <code>
/// [extensions]
///     objectFormat = sha256
/// </code>
/// </summary>
internal sealed class GitConfig
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private GitConfig(string text)
    {
        var section = "";
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            if (line.Length == 0 || line[0] is '#' or ';') continue;
            if (line[0] == '[')
            {
                var end = line.IndexOf(']');
                section = end > 0 ? line[1..end].Trim() : "";
                continue;
            }
            var equals = line.IndexOf('=');
            if (equals > 0) _values[$"{section}.{line[..equals].Trim()}"] = line[(equals + 1)..].Trim().Trim('"');
        }
    }

    /// <summary>Nothing set.</summary>
    public static GitConfig Empty { get; } = new("");

    /// <summary>Whether the objects are named by SHA-256.</summary>
    public bool IsSha256 => string.Equals(Value("extensions.objectformat"), "sha256", StringComparison.OrdinalIgnoreCase);

    /// <summary>How refs are kept where it is not in files.</summary>
    public string? OtherRefStorage => Value("extensions.refstorage") is { } storage && !storage.Equals("files", StringComparison.OrdinalIgnoreCase) ? storage : null;

    /// <summary>The folder of the work tree, as written.</summary>
    public string? WorkTree => Value("core.worktree");

    /// <summary>Whether objects were left out when it was cloned.</summary>
    public bool IsPartialClone => Value("extensions.partialclone") is not null;

    /// <summary>Reads the file's text.</summary>
    public static GitConfig Parse(FileText? text) => text is null ? Empty : new(text.Text);

    private string? Value(string key) => _values.GetValueOrDefault(key);
}
