using Rlm.Context.Files;

namespace Rlm.Mcp.Rendering;

/// <summary>A folder of the tree with the sums of all below it.</summary>
internal sealed class FolderNode(RepoPath path, int depth)
{
    public RepoPath Path { get; } = path;

    /// <summary>Levels below the folder that the map is of.</summary>
    public int Depth { get; } = depth;

    /// <summary>Levels of indentation in a text.</summary>
    public int Indent { get; set; } = depth;

    /// <summary>How it is called under its parent: its name, or <c>main/java/org</c> for a chain shown in one line.</summary>
    public string Label { get; set; } = path.Name;

    /// <summary>How many folders its line stands for.</summary>
    public int Levels { get; set; } = 1;

    public List<FolderNode> Folders { get; } = [];

    /// <summary>Indexes of the files directly in it.</summary>
    public List<int> Files { get; } = [];

    public int FileCount { get; set; }

    public long Bytes { get; set; }

    public long Lines { get; set; }

    /// <summary>Bytes by language.</summary>
    public Dictionary<string, long> Languages { get; } = new(StringComparer.Ordinal);

    /// <summary>Languages by size, largest first.</summary>
    public IEnumerable<KeyValuePair<string, long>> ByLanguage => Languages.OrderByDescending(item => item.Value).ThenBy(item => item.Key, StringComparer.Ordinal);
}

/// <summary>Sums files into the folders that hold them, in one pass over the files in path order.</summary>
internal static class FolderTree
{
    /// <summary>About how long a line of source is; for estimates.</summary>
    public const int BytesPerLine = 36;

    /// <summary>The tree below a folder; folders in ordinal order of their paths.</summary>
    /// <param name="folder">Its root.</param>
    /// <param name="files">Files below it, by path.</param>
    /// <param name="lines">Lines of each file, or null for estimates from the size.</param>
    public static FolderNode Build(RepoPath folder, ReadOnlySpan<FileEntry> files, int[]? lines)
    {
        var root = new FolderNode(folder, 0);
        var open = new Stack<FolderNode>([root]);
        for (var index = 0; index < files.Length; index++)
        {
            var file = files[index];
            var parent = file.Path.Parent;
            while (open.Count > 1 && !parent.IsWithin(open.Peek().Path)) Close(open);
            Enter(open, parent);
            var node = open.Peek();
            node.Files.Add(index);
            Add(node, 1, file.Stamp.Bytes, lines is null ? file.Stamp.Bytes / BytesPerLine + (file.Stamp.Bytes > 0 ? 1 : 0) : lines[index]);
            node.Languages[file.Language] = node.Languages.GetValueOrDefault(file.Language) + file.Stamp.Bytes;
        }
        while (open.Count > 1) Close(open);
        Sort(root);
        return root;
    }

    /// <summary>Puts chains of folders that hold nothing but the next one into one line, down to a depth.</summary>
    public static void Collapse(FolderNode node, int depth)
    {
        for (var index = 0; index < node.Folders.Count; index++)
        {
            var child = node.Folders[index];
            while (child.Files.Count == 0 && child.Folders.Count == 1 && child.Depth < depth)
            {
                var inner = child.Folders[0];
                (inner.Label, inner.Levels) = (child.Label + "/" + inner.Label, child.Levels + 1);
                child = inner;
            }
            child.Indent = node.Indent + 1;
            node.Folders[index] = child;
            Collapse(child, depth);
        }
    }

    private static void Enter(Stack<FolderNode> open, RepoPath folder)
    {
        var from = open.Peek().Path;
        if (folder == from || !folder.IsWithin(from)) return;
        for (var at = from.IsRoot ? 0 : from.Value.Length + 1; at <= folder.Value.Length;)
        {
            var slash = folder.Value.IndexOf('/', at);
            var end = slash < 0 ? folder.Value.Length : slash;
            // Files of a folder are not always side by side ("a-b/" sorts before "a/"), but those of one prefix are.
            var node = new FolderNode(new(folder.Value[..end]), open.Peek().Depth + 1);
            open.Peek().Folders.Add(node);
            open.Push(node);
            at = end + 1;
        }
    }

    private static void Close(Stack<FolderNode> open)
    {
        var done = open.Pop();
        var parent = open.Peek();
        Add(parent, done.FileCount, done.Bytes, done.Lines);
        foreach (var (language, bytes) in done.Languages) parent.Languages[language] = parent.Languages.GetValueOrDefault(language) + bytes;
    }

    private static void Add(FolderNode node, int files, long bytes, long lines)
    {
        node.FileCount += files;
        node.Bytes += bytes;
        node.Lines += lines;
    }

    private static void Sort(FolderNode node)
    {
        node.Folders.Sort((a, b) => a.Path.CompareTo(b.Path));
        foreach (var child in node.Folders) Sort(child);
    }
}
