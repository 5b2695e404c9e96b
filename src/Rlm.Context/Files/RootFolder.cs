using Microsoft.Win32.SafeHandles;

namespace Rlm.Context.Files;

/// <summary>
/// The jail. Every file of the repository is opened here and nowhere else, below the handle of the root folder, so that
/// what was checked is what is read: no path string is ever checked first and opened later (CVE-2025-53109, CVE-2025-53110).
/// Only regular files come out: links that stay inside the root are followed for files, FIFOs, devices and sockets are refused without blocking.
/// </summary>
public abstract class RootFolder : IDisposable
{
    /// <summary>The root's absolute path; for start-up and diagnostics, never for an answer.</summary>
    public abstract string FullPath { get; }

    /// <summary>Opens a regular file for reading and says which version the handle shows.</summary>
    /// <exception cref="RootAccessException">It is not there, leads outside, is no regular file, or the system refused it.</exception>
    public abstract SafeFileHandle Open(RepoPath path, out FileStamp stamp);

    /// <summary>The stamp of a regular file as it is now, or null when there is none (any more).</summary>
    public abstract FileStamp? Stat(RepoPath path);

    /// <summary>What stands at a path itself, without following a final link.</summary>
    public abstract EntryKind KindOf(RepoPath path);

    /// <summary>Entries of a folder in no particular order. Folder links are never entered.</summary>
    /// <exception cref="RootAccessException">It cannot be listed.</exception>
    public abstract IReadOnlyList<FolderEntry> List(RepoPath folder);

    /// <summary>The form for this system, or the portable one when <paramref name="portable"/> says so.</summary>
    /// <exception cref="RootAccessException">There is no such folder.</exception>
    public static RootFolder OpenRoot(string fullPath, bool portable = false) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the root handle.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
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
}

/// <summary>The jail gave no file; <see cref="Fault"/> says why. The message names repo paths only.</summary>
public sealed class RootAccessException(RootAccessFault fault, string message) : IOException(message)
{
    /// <summary>Why.</summary>
    public RootAccessFault Fault { get; } = fault;
}
