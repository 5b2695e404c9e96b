using Rlm.Context.Files;
using Rlm.Context.History.Objects;

namespace Rlm.Context.History.Comparing;

/// <summary>How one file differs between two revisions.</summary>
/// <param name="File">The file.</param>
/// <param name="Verdict">Whether it may be shown; of a secret file only its name is told.</param>
/// <param name="Symbols">The symbols that differ.</param>
/// <param name="Hunks">The lines that differ.</param>
public sealed record FileDiff(FileChange File, PathVerdict Verdict, IReadOnlyList<SymbolChange> Symbols, IReadOnlyList<LineHunk> Hunks)
{
    /// <summary>Why its lines were not compared (<c>binary</c>, <c>too large</c>, <c>submodule</c>, <c>large-file pointer</c>…); null when they were.</summary>
    public string? NotCompared { get; init; }

    /// <summary>Gives the old and the new text; null when they were not compared. Reads them, while the reader of the history is open.</summary>
    public Func<(FileText Old, FileText New)>? Texts { get; init; }

    /// <summary>Lines added.</summary>
    public int Added => Hunks.Sum(hunk => hunk.NewCount);

    /// <summary>Lines removed.</summary>
    public int Removed => Hunks.Sum(hunk => hunk.OldCount);

    /// <summary>The lower-case word for how the file differs.</summary>
    public string Word => File.Kind.ToString().ToLowerInvariant();
}
