using LibGit2Sharp;
using Rlm.Context.Files;

namespace Rlm.Context.History.Objects;

/// <summary>Reads objects through libgit2. One thread at a time; open one for each. Objects that are not there (shallow and partial clones) are null.</summary>
internal sealed class GitObjects(string folder) : IDisposable
{
    /// <summary>Files beyond this many bytes are not compared or blamed.</summary>
    public const int MaxBlobBytes = 8 << 20;

    private const int MaxRenamed = 400;

    private static readonly CompareOptions Plain = new() { Similarity = SimilarityOptions.None };
    private static readonly CompareOptions Following = new() { Similarity = new SimilarityOptions { RenameDetectionMode = RenameDetectionMode.Renames, RenameLimit = MaxRenamed, RenameThreshold = 50 } };

    private readonly Repository _repository = new(folder);

    /// <summary>A commit; null when it is not there.</summary>
    public CommitInfo? Commit(GitId id)
    {
        if (Find<Commit>(id) is not { } commit) return null;
        var author = Signed(() => commit.Author);
        return new(id, IdOf(commit.Tree.Id), Parents(commit), author?.Name ?? "?", author?.Email ?? "", author?.When ?? DateTimeOffset.UnixEpoch, TimeOf(commit), commit.MessageShort, commit.Message);
    }

    /// <summary>Parents, tree and time of a commit only; null when it is not there. About a third of the cost of all of it.</summary>
    public CommitNode? Node(GitId id) => Find<Commit>(id) is { } commit ? new(id, IdOf(commit.Tree.Id), Parents(commit), TimeOf(commit)) : null;

    /// <summary>The commit that an object is, or, for an annotated tag, names; null when it is neither.</summary>
    public GitId? Peeled(GitId id)
    {
        for (var depth = 0; depth < 10; depth++)
            switch (Object(id))
            {
                case Commit commit: return IdOf(commit.Id);
                case TagAnnotation tag: id = IdOf(tag.Target.Id); break;
                default: return null;
            }
        return null;
    }

    /// <summary>The objects whose names begin with at least four hex digits; null when there is none.</summary>
    /// <exception cref="ContextException">There are several.</exception>
    public GitId? Abbreviated(string hex)
    {
        try
        {
            return _repository.Lookup(hex) is { } found ? IdOf(found.Id) : null;
        }
        catch (AmbiguousSpecificationException)
        {
            throw new ContextException(ContextFault.BadArgument, $"asked revision {hex}, with which several objects begin", "Give more of its digits.");
        }
        catch (LibGit2SharpException)
        {
            return null;
        }
    }

    /// <summary>What stands at a path in a tree; null for nothing. The empty path is the tree itself.</summary>
    public EntryInfo? At(GitId tree, RepoPath path)
    {
        if (path.IsRoot) return new(tree, EntryInfoKind.Folder);
        try
        {
            return Find<Tree>(tree)?[path.Value] is { } entry ? new(IdOf(entry.Target.Id), KindOf(entry.Mode)) : null;
        }
        catch (LibGit2SharpException)
        {
            return null;
        }
    }

    /// <summary>The files of a tree below a folder, by path; submodules and links among them.</summary>
    public IEnumerable<(RepoPath Path, EntryInfo Entry)> FilesIn(GitId tree, RepoPath folder)
    {
        if (Find<Tree>(tree) is not { } found) yield break;
        foreach (var entry in found)
        {
            var (path, kind) = (folder.Combine(entry.Name), KindOf(entry.Mode));
            if (kind != EntryInfoKind.Folder) yield return (path, new(IdOf(entry.Target.Id), kind));
            else
                foreach (var inner in FilesIn(IdOf(entry.Target.Id), path)) yield return inner;
        }
    }

    /// <summary>The bytes of a file; null when it is not there, or larger than <see cref="MaxBlobBytes"/>.</summary>
    public byte[]? Blob(GitId id)
    {
        try
        {
            if (SizeOf(id) is not (>= 0 and <= MaxBlobBytes) || Find<Blob>(id) is not { } blob) return null;
            using var content = blob.GetContentStream();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (LibGit2SharpException)
        {
            return null;
        }
    }

    /// <summary>The size of an object in bytes; null when it is not there.</summary>
    public long? SizeOf(GitId id)
    {
        try
        {
            return _repository.ObjectDatabase.RetrieveObjectMetadata(Of(id)) is { } metadata ? metadata.Size : null;
        }
        catch (LibGit2SharpException)
        {
            return null;
        }
    }

    /// <summary>The files that differ between two trees, by path.</summary>
    /// <param name="old">Null for an empty tree.</param>
    /// <param name="now">The new tree.</param>
    /// <param name="findsRenames">Whether removed and added files that are at least half the same are told as renamed.</param>
    /// <exception cref="ContextException">A tree is not there.</exception>
    public IReadOnlyList<FileChange> Changes(GitId? old, GitId now, bool findsRenames)
    {
        try
        {
            var before = old is { } id ? Find<Tree>(id) ?? throw Missing() : null;
            var after = Find<Tree>(now) ?? throw Missing();
            if (!findsRenames) return Compare(before, after, Plain);
            try
            {
                return Compare(before, after, Following);
            }
            catch (NotFoundException)
            {
                // A partial clone lacks the texts to compare: only files that moved unchanged can be told as renamed.
                return WithExactRenames(Compare(before, after, Plain));
            }
        }
        catch (LibGit2SharpException)
        {
            throw Missing();
        }
    }

    /// <summary>The newest commit that two have in common; null when there is none in this clone.</summary>
    public GitId? MergeBase(GitId first, GitId second)
    {
        try
        {
            return Find<Commit>(first) is { } one && Find<Commit>(second) is { } other && _repository.ObjectDatabase.FindMergeBase(one, other) is { } found ? IdOf(found.Id) : null;
        }
        catch (LibGit2SharpException)
        {
            return null;
        }
    }

    public void Dispose() => _repository.Dispose();

    private static GitId[] Parents(Commit commit) => [.. commit.Parents.Select(parent => IdOf(parent.Id))];

    private static long TimeOf(Commit commit) => Signed(() => commit.Committer)?.When.ToUnixTimeSeconds() ?? 0;

    // A time that no calendar has is a hostile or broken commit's.
    private static Signature? Signed(Func<Signature> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private List<FileChange> Compare(Tree? old, Tree now, CompareOptions options)
    {
        using var changes = _repository.Diff.Compare<TreeChanges>(old, now, options);
        return [.. changes.Select(ChangeOf).OfType<FileChange>()];
    }

    private static List<FileChange> WithExactRenames(List<FileChange> changes)
    {
        var removed = changes.Where(change => change.Kind == FileChangeKind.Removed).GroupBy(change => change.Old!.Value.Id).ToDictionary(group => group.Key, group => group.First());
        var renamed = changes.Where(change => change.Kind == FileChangeKind.Added && removed.ContainsKey(change.New!.Value.Id)).GroupBy(change => change.New!.Value.Id).Select(group => group.First())
            .Select(change => new FileChange(FileChangeKind.Renamed, change.Path, removed[change.New!.Value.Id].Path, removed[change.New.Value.Id].Old, change.New)).ToArray();
        var gone = renamed.Select(change => change.Path).Concat(renamed.Select(change => change.OldPath)).ToHashSet();
        return [.. changes.Where(change => !gone.Contains(change.Path)).Concat(renamed).OrderBy(change => change.Path)];
    }

    private static ContextException Missing() => new(ContextFault.NotAvailable, "a tree that was needed is not in this clone", "Fetch the missing objects with git, or ask about newer commits.");

    private static FileChange? ChangeOf(TreeEntryChanges change)
    {
        var (path, old) = (new RepoPath(change.Path), new RepoPath(change.OldPath ?? change.Path));
        EntryInfo? before = change.OldExists ? new(IdOf(change.OldOid), KindOf(change.OldMode)) : null, after = change.Exists ? new(IdOf(change.Oid), KindOf(change.Mode)) : null;
        return change.Status switch
        {
            ChangeKind.Added or ChangeKind.Copied => new(FileChangeKind.Added, path, path, null, after),
            ChangeKind.Deleted => new(FileChangeKind.Removed, path, path, before, null),
            ChangeKind.Renamed => new(FileChangeKind.Renamed, path, old, before, after),
            ChangeKind.Modified or ChangeKind.TypeChanged => new(FileChangeKind.Modified, path, path, before, after),
            _ => null,
        };
    }

    private static EntryInfoKind KindOf(Mode mode) => mode switch
    {
        Mode.Directory => EntryInfoKind.Folder,
        Mode.SymbolicLink => EntryInfoKind.Link,
        Mode.GitLink => EntryInfoKind.Submodule,
        _ => EntryInfoKind.File,
    };

    private T? Find<T>(GitId id) where T : GitObject => Object(id) as T;

    private GitObject? Object(GitId id)
    {
        try
        {
            return _repository.Lookup(Of(id));
        }
        catch (LibGit2SharpException)
        {
            return null;
        }
    }

    private static ObjectId Of(GitId id)
    {
        var raw = new byte[GitId.Bytes];
        id.CopyTo(raw);
        return new(raw);
    }

    private static GitId IdOf(ObjectId id) => new(id.RawId);
}
