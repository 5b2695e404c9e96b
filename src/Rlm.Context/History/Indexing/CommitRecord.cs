using Rlm.Context.History.Objects;

namespace Rlm.Context.History.Indexing;

/// <summary>One commit, ready to be added to an index.</summary>
/// <param name="Node">The commit.</param>
/// <param name="Changes">Path and kind of each change.</param>
internal sealed record CommitRecord(CommitNode Node, IReadOnlyList<(string Path, byte Kind)> Changes)
{
    /// <summary>Looks a commit up in the repository.</summary>
    /// <exception cref="ContextException">A tree is not in this clone.</exception>
    public static CommitRecord Of(GitObjects objects, CommitNode node)
    {
        var parents = Array.ConvertAll(node.Parents, parent => objects.Node(parent)?.Tree ?? throw new ContextException(ContextFault.NotAvailable, "a parent is not in this clone"));
        var changes = objects.Changes(parents.Length == 0 ? null : parents[0], node.Tree, findsRenames: false);
        var others = parents.Skip(changes.Count == 0 ? parents.Length : 1).Select(tree => tree == parents[0] ? null : objects.Changes(tree, node.Tree, findsRenames: false).Select(change => change.Path).ToHashSet()).ToArray();
        return new(node, [.. changes.Select(change => (change.Path.Value, KindOf(change, others)))]);
    }

    // A path that another parent has just so came from there.
    private static byte KindOf(FileChange change, HashSet<Files.RepoPath>?[] others)
    {
        for (var parent = 0; parent < others.Length && parent < 200; parent++)
            if (others[parent] is { } differing && !differing.Contains(change.Path)) return (byte)(CommitIndex.FromParent + parent);
        return change.Kind switch { FileChangeKind.Added => CommitIndex.Added, FileChangeKind.Removed => CommitIndex.Removed, _ => CommitIndex.Modified };
    }
}
