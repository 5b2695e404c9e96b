namespace Rlm.Context;

/// <summary>What the operator decides about the context store. Nothing in the repository can set any of it.</summary>
public sealed class ContextOptions
{
    /// <summary>Absolute path of the root folder.</summary>
    public required string Root { get; init; }

    /// <summary>Files above this many bytes are read and searched by streaming and not indexed. Default 4 MiB; at least 64 KiB.</summary>
    public long MaxFileBytes { get; init; } = 4 << 20;

    /// <summary>Repo paths of secret files that the operator opened (<c>--allow-secret</c>).</summary>
    public IReadOnlyList<string> AllowedSecrets { get; init; } = [];

    /// <summary>Folder for derived data (sets now; index later), outside the repository. Null: keep it in memory.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Use the portable file access even where a faster native one exists (<c>RLM_MCP_PORTABLE=1</c>; tests run both).</summary>
    public bool Portable { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
