using Rlm.Context.Files;

namespace Rlm.Context.History.Opening;

/// <summary>Reads files of git's own data through a jail: small regular files only, never a link that leads outside.</summary>
internal sealed class GitFiles(RootFolder jail)
{
    private const long MaxBytes = 64 << 20;

    public RootFolder Jail { get; } = jail;

    /// <summary>The text of a file; null when there is none that can be read.</summary>
    public FileText? Read(RepoPath path, long maxBytes = MaxBytes)
    {
        try
        {
            if (Jail.KindOf(path) != EntryKind.File) return null;
            byte[] buffer = [];
            var length = Jail.ReadInto(ref buffer, path, maxBytes, out _, out _, out _);
            return length < 0 ? null : FileText.Decode(buffer.AsSpan(0, length));
        }
        catch (RootAccessException)
        {
            return null;
        }
    }

    /// <summary>The text of a file with one line, trimmed; null when there is none.</summary>
    public string? Line(RepoPath path) => Read(path, 64 << 10)?.Text.Trim();

    /// <summary>Entries of a folder; none when it cannot be listed.</summary>
    public IReadOnlyList<FolderEntry> List(RepoPath folder)
    {
        try
        {
            return Jail.KindOf(folder) == EntryKind.Folder ? Jail.List(folder) : [];
        }
        catch (RootAccessException)
        {
            return [];
        }
    }
}
