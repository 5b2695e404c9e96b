namespace Rlm.Recursion.Trajectories.Page;

/// <summary>A folder, or at the leaves a file, and what became of the files in it.</summary>
/// <param name="Name">Its name; of folders that hold nothing but one folder, both.</param>
internal sealed record CoverageFolder(string Name)
{
    /// <summary>Folders first, then files, by name.</summary>
    public IReadOnlyList<CoverageFolder> Items { get; init; } = [];

    /// <summary>The file's path; null for a folder.</summary>
    public string? Path { get; init; }

    /// <summary>Files by what became of them, in the order of <see cref="CoverageKind"/>.</summary>
    public required int[] Files { get; init; }

    /// <summary>Units with a valid answer.</summary>
    public int Judged { get; init; }

    /// <summary>Units without one, as far as they have a name.</summary>
    public int Missing { get; init; }

    /// <summary>All files.</summary>
    public int Total => Files.Sum();
}
