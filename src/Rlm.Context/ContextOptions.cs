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

    /// <summary>Folder for derived data (sets now; index later), outside the repository. Null: keep it in memory.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Use the portable file access even where a faster native one exists (<c>RLM_MCP_PORTABLE=1</c>; tests run both).</summary>
    public bool Portable { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Checks the ranges, once at the start.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message says which and what is legal.</exception>
    public void Validate()
    {
        if (string.IsNullOrEmpty(Root)) throw new ArgumentException("The root folder must be named.");
        if (MaxFileBytes is < 64 << 10 or > 1 << 30) throw new ArgumentException($"The file limit must be 64 KiB to 1 GiB; it is {MaxFileBytes} bytes.");
        foreach (var path in AllowedSecrets)
            if (!RepoPath.TryNormalize(path, out _)) throw new ArgumentException($"A secret file to open must be a path inside the root; '{path}' is not.");
    }
}
