namespace Rlm.Context.Files.Watching;

/// <summary>
/// Which folders must be looked at again. It only ever grows, and when it has grown large it becomes "everything": a full walk is then about as cheap.
/// Not for two threads at once.
/// </summary>
internal sealed class DirtyFolders
{
    private const int MaxFolders = 4096;

    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _trees = new(StringComparer.Ordinal);
    private readonly HashSet<string> _above = new(StringComparer.Ordinal);

    /// <summary>All folders: what a full walk looks at.</summary>
    public static DirtyFolders Everything => new() { IsAll = true };

    /// <summary>True when every folder must be looked at.</summary>
    public bool IsAll { get; private set; }

    /// <summary>True when nothing needs a look.</summary>
    public bool IsEmpty => !IsAll && _folders.Count == 0;

    /// <summary>True when a look at them is little work, not worth a second thread.</summary>
    public bool AreFew => !IsAll && _folders.Count <= 16 && _trees.Count == 0;

    /// <summary>The entries of a folder must be listed again.</summary>
    public void Add(string folder)
    {
        if (IsAll || !_folders.Add(folder)) return;
        if (_folders.Count > MaxFolders) AddAll();
        else for (var above = folder; above.Length > 0 && _above.Add(above = ParentOf(above));) { }
    }

    /// <summary>A folder and all below it must be listed again.</summary>
    public void AddTree(string folder)
    {
        Add(folder);
        if (!IsAll) _trees.Add(folder);
    }

    /// <summary>Every folder must be listed again.</summary>
    public void AddAll()
    {
        IsAll = true;
        _folders.Clear();
        _trees.Clear();
        _above.Clear();
    }

    /// <summary>Takes over what another has.</summary>
    public void AddFrom(DirtyFolders other)
    {
        if (other.IsAll) AddAll();
        foreach (var folder in other._folders) Add(folder);
        if (!IsAll) _trees.UnionWith(other._trees);
    }

    /// <summary>True when the folder itself must be listed again.</summary>
    public bool Has(string folder) => IsAll || _folders.Contains(folder);

    /// <summary>True when also all below the folder must be.</summary>
    public bool HasTree(string folder) => IsAll || _trees.Contains(folder);

    /// <summary>True when the folder or one below it must be.</summary>
    public bool Touches(string folder) => Has(folder) || _above.Contains(folder);

    private static string ParentOf(string folder) => folder[..Math.Max(0, folder.LastIndexOf('/'))];
}
