using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Slices;

/// <summary>What one target of a read turned out to be.</summary>
/// <param name="Asked">As the caller wrote it.</param>
/// <param name="Text">The file as it is now.</param>
/// <param name="Range">The lines meant; all of them for a whole file.</param>
public sealed record Target(string Asked, OpenText Text, LineRange Range)
{
    /// <summary>True when the caller named the file and no lines of it.</summary>
    public bool IsWholeFile { get; init; }

    /// <summary>The symbol meant, when the target named one.</summary>
    public Symbol? Symbol { get; init; }

    /// <summary>Columns (from 1, both ends included) of a single line, when the target named a part of a long line.</summary>
    public LineRange? Columns { get; init; }

    /// <summary>The end that was asked for when it lies behind the file's last line; the range then ends at the last line.</summary>
    public int? AskedEnd { get; init; }

    /// <summary>What the set that the target is an item of lost since it was made.</summary>
    public Scopes.ScopeLosses Losses { get; init; }

    /// <summary>How the frame of a pasted trace was found that the target is; null for other targets.</summary>
    public string? Frame { get; init; }

    /// <summary>Where the text of a stale handle was, and how it was followed; null when nothing moved.</summary>
    public Move? Moved { get; init; }
}

/// <summary>A handle's text was found elsewhere.</summary>
/// <param name="From">The handle as given.</param>
/// <param name="Reason">How it was followed.</param>
public sealed record Move(Handle From, MoveReason Reason);
