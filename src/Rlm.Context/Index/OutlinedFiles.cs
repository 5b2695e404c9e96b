namespace Rlm.Context.Index;

/// <summary>Which files of a snapshot have which outlined content of the index. Several may share one. Never changes.</summary>
internal sealed class OutlinedFiles
{
    private readonly int[] _contents, _starts, _files;

    private readonly Lazy<bool[]> _isHeld;

    private OutlinedFiles(int[] contents, int[] starts, int[] files, int[] missing)
    {
        (_contents, _starts, _files, Known, Missing) = (contents, starts, files, files.Length, missing);
        _isHeld = new(() =>
        {
            var isHeld = new bool[ContentsEnd];
            foreach (var file in _files) isHeld[_contents[file]] = true;
            return isHeld;
        });
    }

    /// <summary>How many files have one.</summary>
    public int Known { get; }

    /// <summary>Files that have none and are not too large for one, ascending. Not to be changed.</summary>
    public int[] Missing { get; }

    /// <summary>All ids of contents are below this.</summary>
    public int ContentsEnd => _starts.Length - 1;

    /// <summary>By id of content: whether a file has it. Not to be changed.</summary>
    public bool[] IsHeld => _isHeld.Value;

    /// <summary>Asks the index for every file that it knows.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public static OutlinedFiles Of(IndexView view)
    {
        var contents = new int[view.Snapshot.Files.Length];
        var known = 0;
        for (var file = 0; file < contents.Length; file++)
        {
            contents[file] = view.KeyOf(file) is { } key ? view.Engine.FindContent(key) : -1;
            if (contents[file] >= 0) known++;
        }
        var starts = new int[contents.Length == 0 ? 1 : contents.Max() + 2];
        foreach (var content in contents)
            if (content >= 0) starts[content + 1]++;
        for (var content = 1; content < starts.Length; content++) starts[content] += starts[content - 1];
        var files = new int[known];
        var next = starts.ToArray();
        for (var file = 0; file < contents.Length; file++)
            if (contents[file] >= 0) files[next[contents[file]]++] = file;
        return new(contents, starts, files, [.. Enumerable.Range(0, contents.Length).Where(file => contents[file] < 0 && !view.Snapshot.Files[file].IsLarge)]);
    }

    /// <summary>The content of a file; -1 when it is not outlined yet.</summary>
    public int ContentOf(int file) => _contents[file];

    /// <summary>The files with a content, in path order.</summary>
    public ReadOnlySpan<int> FilesOf(int content) => _files.AsSpan(_starts[content].._starts[content + 1]);
}
