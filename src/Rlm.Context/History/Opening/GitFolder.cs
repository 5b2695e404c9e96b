using Rlm.Context.Files;

namespace Rlm.Context.History.Opening;

/// <summary>
/// Where the git data of a root lies, found and verified as data. It lies in the root, or the root is a work tree (of <c>git worktree</c> or a submodule) whose <c>.git</c>
/// file and the repository it names point at each other: a pointer that leads outside and is not answered is refused, as are links and alternates that lead out.
/// </summary>
internal sealed class GitFolder : IDisposable
{
    private const string PointerWord = "gitdir:";
    private const int MaxAlternates = 5;

    private readonly RootFolder? _outside;

    private GitFolder(RootFolder jail, RepoPath own, RepoPath common, RootFolder? outside)
    {
        (Files, Own, Common, _outside) = (new GitFiles(jail), own, common, outside);
        Config = GitConfig.Parse(Files.Read(Common.Combine("config"), 4 << 20));
        if (Config.IsSha256) throw HistoryFault.NotAvailable("the repository names its objects by SHA-256, which libgit2 cannot read yet");
        if (Config.OtherRefStorage is { } storage) throw HistoryFault.NotAvailable($"the repository keeps its refs as {NameEscaping.Escape(storage)}, which libgit2 cannot read yet");
        ObjectFolders = Verified();
    }

    /// <summary>Reads below the folder that holds all of it.</summary>
    public GitFiles Files { get; }

    /// <summary>What belongs to this work tree alone: <c>HEAD</c>.</summary>
    public RepoPath Own { get; }

    /// <summary>What all work trees share: refs, objects, configuration.</summary>
    public RepoPath Common { get; }

    public GitConfig Config { get; }

    /// <summary>Absolute paths of the folders with objects; the first is the repository's own.</summary>
    public IReadOnlyList<string> ObjectFolders { get; }

    /// <summary>The git data of a root.</summary>
    /// <exception cref="ContextException"><c>not_available</c>: there is none, or none that may be opened.</exception>
    public static GitFolder Find(RootFolder root)
    {
        var git = new RepoPath(".git");
        switch (root.KindOf(git))
        {
            case EntryKind.Folder:
                return Inside(root, git);
            case EntryKind.File:
                return Pointed(root, new GitFiles(root).Line(git) ?? "");
            case EntryKind.None when IsBare(root):
                return Inside(root, RepoPath.Root);
            case EntryKind.None:
                throw HistoryFault.NotAvailable("the root holds no git repository", "Start with --root at the folder that holds .git.");
            default:
                throw HistoryFault.NotAvailable("the root's .git is a link or no ordinary file; such pointers are not followed");
        }
    }

    public void Dispose() => _outside?.Dispose();

    private static bool IsBare(RootFolder root) =>
        root.KindOf(new("HEAD")) == EntryKind.File && root.KindOf(new("objects")) == EntryKind.Folder && root.KindOf(new("refs")) == EntryKind.Folder;

    private static GitFolder Inside(RootFolder root, RepoPath own)
    {
        var common = own;
        if (new GitFiles(root).Line(own.Combine("commondir")) is { } written && !RepoPath.TryNormalize(own.Value + "/" + written, out common)) throw LeadsOut("commondir");
        return new(root, own, common, null);
    }

    private static GitFolder Pointed(RootFolder root, string pointer)
    {
        if (!pointer.StartsWith(PointerWord, StringComparison.Ordinal) || pointer[PointerWord.Length..].Trim() is not { Length: > 0 } written || written.AsSpan().ContainsAny('\n', '\0'))
            throw HistoryFault.NotAvailable("the root's .git file is no pointer to a repository");
        if (!Path.IsPathRooted(written) && RepoPath.TryNormalize(written, out var inside)) return Inside(root, inside);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(root.FullPath, written)));
        if (target.StartsWith(root.FullPath + "/", StringComparison.Ordinal)) return Inside(root, new(target[(root.FullPath.Length + 1)..]));
        return Worktree(root, target) ?? Submodule(root, target) ?? throw LeadsOut(".git file");
    }

    // COMMON/worktrees/NAME has "gitdir" with the path of the root's .git file, and "commondir" with the way back to COMMON.
    private static GitFolder? Worktree(RootFolder root, string target)
    {
        var names = Path.GetDirectoryName(target);
        if (Path.GetFileName(names) != "worktrees" || Path.GetDirectoryName(names) is not { } common || Open(common) is not { } jail) return null;
        var own = new RepoPath("worktrees/" + Path.GetFileName(target));
        var files = new GitFiles(jail);
        if (files.Line(own.Combine("gitdir")) is { } back && IsGitFileOf(root, Path.Combine(target, back))
            && files.Line(own.Combine("commondir")) is { } way && Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(target, way))) == common)
            return Guarded(jail, own, RepoPath.Root);
        jail.Dispose();
        return null;
    }

    // A submodule's data lies in the repository around it, and its core.worktree names the root.
    private static GitFolder? Submodule(RootFolder root, string target)
    {
        if (Open(target) is not { } jail) return null;
        if (GitConfig.Parse(new GitFiles(jail).Read(new("config"), 4 << 20)).WorkTree is { } back && IsGitFileOf(root, Path.Combine(target, back, ".git"))) return Guarded(jail, RepoPath.Root, RepoPath.Root);
        jail.Dispose();
        return null;
    }

    private static GitFolder Guarded(RootFolder jail, RepoPath own, RepoPath common)
    {
        try
        {
            return new(jail, own, common, jail);
        }
        catch
        {
            jail.Dispose();
            throw;
        }
    }

    private static RootFolder? Open(string folder)
    {
        try
        {
            return RootFolder.OpenRoot(folder);
        }
        catch (IOException)
        {
            return null;
        }
    }

    // The same file, however it is spelled: same inode, size and times.
    private static bool IsGitFileOf(RootFolder root, string path)
    {
        if (path.Contains('\0') || Path.GetFileName(path) != ".git" || Path.GetDirectoryName(Path.GetFullPath(path)) is not { } folder) return false;
        using var there = Open(folder);
        return there is not null && there.KindOf(new(".git")) == EntryKind.File && there.Stat(new(".git")) is { } stamp && stamp == root.Stat(new(".git"));
    }

    private List<string> Verified()
    {
        var folders = new List<string>();
        var ahead = new Queue<RepoPath>([Common.Combine("objects")]);
        while (ahead.TryDequeue(out var folder))
        {
            if (folders.Count > MaxAlternates) throw HistoryFault.NotAvailable("the repository borrows objects from more than five others");
            OnlyFiles(folder);
            folders.Add(folder.IsRoot ? Files.Jail.FullPath : Files.Jail.FullPath + "/" + folder.Value);
            foreach (var line in (Files.Read(folder.Combine("info/alternates"), 1 << 20)?.Text ?? "").Split('\n'))
                if (line.Trim() is { Length: > 0 } written && written[0] != '#') ahead.Enqueue(Alternate(folder, written));
        }
        return folders.Exists(path => path.Contains('\n')) ? throw HistoryFault.NotAvailable("the path of the repository holds a line break") : folders;
    }

    private RepoPath Alternate(RepoPath folder, string written)
    {
        if (Path.IsPathRooted(written))
        {
            var full = Path.GetFullPath(written);
            return full.StartsWith(Files.Jail.FullPath + "/", StringComparison.Ordinal) && RepoPath.TryNormalize(full[(Files.Jail.FullPath.Length + 1)..], out var inside) ? inside : throw LeadsOut("alternates");
        }
        return RepoPath.TryNormalize(folder.Value + "/" + written, out var path) ? path : throw LeadsOut("alternates");
    }

    // libgit2 opens what it finds by name: a link or FIFO among the objects would lead out, or hang.
    private void OnlyFiles(RepoPath folder)
    {
        if (Files.Jail.KindOf(folder) != EntryKind.Folder) throw HistoryFault.NotAvailable("the repository has no folder of objects");
        foreach (var entry in Files.List(folder))
        {
            if (entry.Kind is EntryKind.Link or EntryKind.Special) throw NotOrdinary();
            if (entry.Kind == EntryKind.Folder && Files.List(folder.Combine(entry.Name)).Any(inner => inner.Kind is EntryKind.Link or EntryKind.Special)) throw NotOrdinary();
        }
    }

    private static ContextException NotOrdinary() => HistoryFault.NotAvailable("a link or special file stands among the repository's objects; such are not followed");

    private static ContextException LeadsOut(string pointer) => HistoryFault.NotAvailable($"the repository's {pointer} points outside the root to a place that does not point back; it is not followed",
        "Start with --root at the repository itself.");
}
