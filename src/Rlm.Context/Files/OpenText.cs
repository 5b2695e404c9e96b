using Rlm.Context.Outlines;

namespace Rlm.Context.Files;

/// <summary>One version of a file's text as it was just read from disk, whole or, when large, through its line table.</summary>
public abstract class OpenText(RepoPath path, FileStamp stamp, string language)
{
    /// <summary>Where it is.</summary>
    public RepoPath Path { get; } = path;

    /// <summary>Which version.</summary>
    public FileStamp Stamp { get; } = stamp;

    /// <summary>Language id.</summary>
    public string Language { get; } = language;

    /// <summary>How it was decoded, when that is worth a flag (<c>utf-16le</c>, <c>invalid utf-8</c>); null for plain UTF-8.</summary>
    public abstract string? EncodingNote { get; }

    /// <summary>Why <c>map</c> and <c>search</c> leave the file out (<c>ignored</c>, <c>link</c>); null when they cover it.</summary>
    public string? NotCovered { get; init; }

    /// <summary>The revision that it is of, as answers show it; null for the work tree.</summary>
    public string? Revision { get; init; }

    /// <summary>It was written to while it was read, so the text may mix two versions.</summary>
    public bool ChangedWhileRead { get; init; }

    /// <summary>Number of lines.</summary>
    public abstract int LineCount { get; }

    /// <summary>All text of the lines with their terminators.</summary>
    public abstract string Lines(LineRange range);

    /// <summary>Part of one line by columns (from 1, UTF-16 units, no pair split), which columns these are, and the whole line's length without its terminator.</summary>
    public abstract (string Text, LineRange Columns, int Length) LinePart(int line, LineRange columns);

    /// <summary>All lines; 1-0 when empty.</summary>
    public LineRange All => new(1, LineCount);
}
