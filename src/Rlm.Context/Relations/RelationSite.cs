using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Slices;

namespace Rlm.Context.Relations;

/// <summary>One site of an answer.</summary>
/// <param name="Path">The file.</param>
/// <param name="Stamp">Its version: line and column are of this one.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, UTF-16 units.</param>
/// <param name="Name">The name that stands there.</param>
/// <param name="Kind">One of <see cref="SiteKinds"/>.</param>
/// <param name="Certainty">How sure it is.</param>
/// <param name="Depth">Steps from the symbol asked about, from 1.</param>
public sealed record RelationSite(RepoPath Path, FileStamp Stamp, int Line, int Column, string Name, string Kind, Certainty Certainty, int Depth)
{
    /// <summary>The symbol around it when that was looked up on the way; answers look up the others for what they show.</summary>
    public Symbol? Enclosing { get; init; }

    /// <summary>What the name may mean there, for callees and bases: up to a few declarations.</summary>
    public IReadOnlyList<FoundSymbol> Targets { get; init; } = [];

    /// <summary>How many declarations it may mean; 0 for none in this repository, -1 when that was not asked.</summary>
    public int TargetCount { get; init; } = -1;

    /// <summary>The member that it binds to where that is one that the symbol overrides or implements, or the other way round; else null.</summary>
    public string? Via { get; init; }

    /// <summary>Whether it lies in a test, as far as that was looked up.</summary>
    internal bool IsInTest { get; init; }

    /// <summary>True for a write that reads the old value too.</summary>
    internal bool AlsoReads { get; init; }

    internal (int, string, int, int) Order => (Depth, Path.Value, Line, Column);
}
