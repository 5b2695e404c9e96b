using Microsoft.Win32.SafeHandles;
using Rlm.Context.Files.Linux;
using Rlm.Context.Files.Portable;

namespace Rlm.Context.Files;

/// <summary>
/// The jail. Every file of the repository is opened here and nowhere else, below the handle of the root folder, so that
/// what was checked is what is read: no path string is ever checked first and opened later (CVE-2025-53109, CVE-2025-53110).
/// Only regular files come out: FIFOs, devices and sockets are refused without blocking. Links, also folder links, are followed for
/// files as long as every step stays inside; a link with an absolute target counts as outside wherever it points, as does a
/// <c>..</c> that climbs above the root on the way (openat2(2), RESOLVE_BENEATH). A hard link is an ordinary file.
/// Safe for many threads at once; dispose it when the last call is done.
/// </summary>
public abstract class RootFolder : IDisposable
{
    /// <summary>The root's absolute path; for start-up and diagnostics, never for an answer.</summary>
    public abstract string FullPath { get; }

    /// <summary>Opens a regular file for reading and says which version the handle shows.</summary>
    /// <exception cref="RootAccessException">It is not there, leads outside, is no regular file, or the system refused it.</exception>
    public SafeFileHandle Open(RepoPath path, out FileStamp stamp) => Open(path, out stamp, out _);

    /// <summary>Opens a regular file for reading; <paramref name="real"/> is its path with all links resolved, so that rules about names hold for what is read.</summary>
    /// <exception cref="RootAccessException">It is not there, leads outside, is no regular file, or the system refused it.</exception>
    public abstract SafeFileHandle Open(RepoPath path, out FileStamp stamp, out RepoPath real);

    /// <summary>The stamp of the regular file that <see cref="Open(RepoPath, out FileStamp)"/> would open now, or null when there is none (any more).</summary>
    public abstract FileStamp? Stat(RepoPath path);

    /// <summary>The stamp of an open file as it is now.</summary>
    public abstract FileStamp StampOf(SafeFileHandle handle);

    /// <summary>What stands at a path itself, without following a final link.</summary>
    public abstract EntryKind KindOf(RepoPath path);

    /// <summary>Entries of a folder in no particular order. Folder links are never entered, also not on the way.</summary>
    /// <exception cref="RootAccessException">It cannot be listed.</exception>
    public IReadOnlyList<FolderEntry> List(RepoPath folder)
    {
        using var scanner = NewScanner();
        scanner.Open(folder);
        var entries = new FolderEntry[scanner.Count];
        Span<char> name = stackalloc char[FolderScanner.MaxNameBytes];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = scanner.TryDecode(i, name, out var length)
                ? new(name[..length].ToString(), scanner.KindOf(i), NameIsValid: true)
                : new(FolderScanner.EscapeBytes(scanner.NameOf(i)), scanner.KindOf(i), NameIsValid: false);
        return entries;
    }

    /// <summary>The form for this system, or the portable one when <paramref name="portable"/> says so.</summary>
    /// <exception cref="RootAccessException">There is no such folder.</exception>
    public static RootFolder OpenRoot(string fullPath, bool portable = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(fullPath);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(fullPath));
        return portable || LinuxRootFolder.TryOpen(full) is not { } root ? PortableRootFolder.Open(full) : root;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A reader of folders for the walk.</summary>
    internal abstract FolderScanner NewScanner();

    /// <summary>
    /// Reads a whole file into a buffer that grows as needed, and gives its length; -1 when it is above <paramref name="maxBytes"/>.
    /// <paramref name="changed"/>: it was written to meanwhile, so the bytes may mix two versions.
    /// </summary>
    internal abstract int ReadInto(ref byte[] buffer, RepoPath path, long maxBytes, out FileStamp stamp, out RepoPath real, out bool changed);

    /// <summary>Releases the root handle.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private protected static RootAccessException Refused(RootAccessFault fault, RepoPath path) => new(fault, fault switch
    {
        RootAccessFault.NotFound => $"There is no '{NameEscaping.Escape(path.Value)}'.",
        RootAccessFault.Outside => $"'{NameEscaping.Escape(path.Value)}' leads outside the root.",
        RootAccessFault.NotAFile => $"'{NameEscaping.Escape(path.Value)}' is not of the kind that was asked for.",
        _ => $"The system refused '{NameEscaping.Escape(path.Value)}'.",
    });
}

/// <summary>What a folder entry is.</summary>
public enum EntryKind
{
    /// <summary>Nothing there.</summary>
    None,
    /// <summary>A regular file.</summary>
    File,
    /// <summary>A folder.</summary>
    Folder,
    /// <summary>A symbolic link or other reparse point.</summary>
    Link,
    /// <summary>FIFO, device or socket.</summary>
    Special,
}

/// <summary>One entry of a folder.</summary>
/// <param name="Name">Its name; when <paramref name="NameIsValid"/> is false a stable escaped form that cannot be opened.</param>
/// <param name="Kind">What it is, links not followed.</param>
/// <param name="NameIsValid">False when the bytes on disk are not valid UTF-8.</param>
public readonly record struct FolderEntry(string Name, EntryKind Kind, bool NameIsValid);

/// <summary>Why the jail gave no file.</summary>
public enum RootAccessFault
{
    /// <summary>Nothing at that path.</summary>
    NotFound,
    /// <summary>The path leads outside the root (by a link).</summary>
    Outside,
    /// <summary>Not a regular file (or, for a listing, not a folder).</summary>
    NotAFile,
    /// <summary>The system refused.</summary>
    Denied,
    /// <summary>A secret file that the operator has not opened; only <see cref="FileReader"/> says so.</summary>
    Secret,
}

/// <summary>The jail gave no file; <see cref="Fault"/> says why. The message names repo paths only.</summary>
public sealed class RootAccessException(RootAccessFault fault, string message) : IOException(message)
{
    /// <summary>Why.</summary>
    public RootAccessFault Fault { get; } = fault;
}
