using Rlm.Context.Files;

namespace Rlm.Context;

/// <summary>What the operator decides about the context store. Nothing in the repository can set any of it.</summary>
public sealed class ContextOptions
{
    /// <summary>Absolute path of the root folder.</summary>
    public required string Root { get; init; }

    /// <summary>Files above this many bytes are read and searched by streaming and not indexed. Default 4 MiB; 64 KiB to 1 GiB.</summary>
    public long MaxFileBytes { get; init; } = 4 << 20;

    /// <summary>Repo paths of secret files that the operator opened (<c>--allow-secret</c>).</summary>
    public IReadOnlyList<string> AllowedSecrets { get; init; } = [];

    /// <summary>Folder in which outline providers were installed (<see cref="Outlines.AstGrep.AstGrepPackage.Place"/>); null for none.</summary>
    public string? ProviderFolder { get; init; }

    /// <summary>Absolute path of the system's ctags, which outlines some languages where nothing better is installed; null for none.</summary>
    public string? CtagsProgram { get; init; }

    /// <summary>Folder for derived data (index, sets), outside the repository. Null: keep it in memory.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The engine of our own, and of Lucene.Net where the program was built with it.</summary>
    public const string OwnEngine = "own", LuceneEngine = "lucene";

    /// <summary>Names of the index engines.</summary>
    public static IReadOnlyList<string> Engines { get; } = [OwnEngine, LuceneEngine];

    /// <summary>Which index engine; one of <see cref="Engines"/>.</summary>
    public string Engine { get; init; } = OwnEngine;

    /// <summary>Whether an index is used; without one every search reads every file.</summary>
    public bool UsesIndex { get; init; } = true;

    /// <summary>Whether the index is built and follows the repository in the background, from the first snapshot on. For servers; others use what is there.</summary>
    public bool KeepsIndex { get; init; }

    /// <summary>Memory that building the index, or compiling for relations, may take, about, in bytes. Default the smaller of a quarter of the machine's and 1,500 MB; at least 128 MiB.</summary>
    public long MemoryBytes { get; init; } = Math.Min(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4, 1_500_000_000);

    /// <summary>Folders of packages that lie on this machine already (<c>~/.nuget/packages</c>), for binding C#; only looked at.</summary>
    public IReadOnlyList<string> PackageFolders { get; init; } = [];

    /// <summary>Use the portable file access even where a faster native one exists (<c>RLM_MCP_PORTABLE=1</c>; tests run both).</summary>
    public bool Portable { get; init; }

    /// <summary>Let the system tell of changes where it can (inotify on Linux). Off: only scans.</summary>
    public bool Watches { get; init; } = true;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Checks the ranges, once at the start.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message says which and what is legal.</exception>
    public void Validate()
    {
        if (string.IsNullOrEmpty(Root)) throw new ArgumentException("The root folder must be named.");
        if (MaxFileBytes is < 64 << 10 or > 1 << 30) throw new ArgumentException($"The file limit must be 64 KiB to 1 GiB; it is {MaxFileBytes} bytes.");
        if (MemoryBytes < 128 << 20) throw new ArgumentException($"The memory limit must be at least 128 MiB; it is {MemoryBytes} bytes.");
        foreach (var path in AllowedSecrets)
            if (!RepoPath.TryNormalize(path, out _)) throw new ArgumentException($"A secret file to open must be a path inside the root; '{path}' is not.");
    }
}
