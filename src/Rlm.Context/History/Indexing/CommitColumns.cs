namespace Rlm.Context.History.Indexing;

/// <summary>The arrays of a <see cref="CommitIndex"/>: what stands on disk. Not to be changed.</summary>
internal sealed record CommitColumns
{
    /// <summary>How many commits.</summary>
    public required int Count { get; init; }

    /// <summary>Names of the commits, then of parents that are none of them.</summary>
    public required GitId[] Ids { get; init; }

    /// <summary>Trees of the commits.</summary>
    public required GitId[] Trees { get; init; }

    /// <summary>When each was committed, seconds since 1970.</summary>
    public required long[] Times { get; init; }

    /// <summary>Where the parents of each commit begin in <see cref="Parents"/>; one more at the end.</summary>
    public required int[] ParentStarts { get; init; }

    /// <summary>Places in <see cref="Ids"/>.</summary>
    public required int[] Parents { get; init; }

    /// <summary>Where the changes of each commit begin; one more at the end.</summary>
    public required int[] ChangeStarts { get; init; }

    /// <summary>Places in <see cref="Paths"/>.</summary>
    public required int[] Changes { get; init; }

    /// <summary>What was done, for each of <see cref="Changes"/>.</summary>
    public required byte[] Kinds { get; init; }

    /// <summary>Every path that some commit changed.</summary>
    public required string[] Paths { get; init; }

    public static CommitColumns Empty { get; } = new() { Count = 0, Ids = [], Trees = [], Times = [], ParentStarts = [0], Parents = [], ChangeStarts = [0], Changes = [], Kinds = [], Paths = [] };
}
