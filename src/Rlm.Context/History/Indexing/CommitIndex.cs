using Rlm.Context.Files;
using Rlm.Context.History.Objects;

namespace Rlm.Context.History.Indexing;

/// <summary>
/// Which commit changed which paths, for many commits at once, in arrays: what makes the log of one file a walk through memory. A commit's name is a checksum over all that
/// is told of it here, so an index is never stale; it only may lack commits. A commit with one parent has the paths that it changed; a merge those that differ from its
/// first parent, each with the parent that has it just so, if one does.
/// <code>
/// commit 7: src/A.cs modified        merge 9: src/A.cs as parent 2 has it, src/B.cs of its own
/// </code>
/// </summary>
internal sealed class CommitIndex
{
    /// <summary>What a commit did to a path; a number from <see cref="FromParent"/> on means: as the parent of number <c>kind - FromParent + 1</c>, from 0, has it.</summary>
    public const byte Modified = 0, Added = 1, Removed = 2, FromParent = 3;

    private readonly Dictionary<GitId, int> _ordinals;

    public CommitIndex(CommitColumns columns)
    {
        Columns = columns;
        _ordinals = new(columns.Ids.Length);
        for (var ordinal = 0; ordinal < columns.Count; ordinal++) _ordinals[columns.Ids[ordinal]] = ordinal;
    }

    /// <summary>No commits.</summary>
    public static CommitIndex Empty { get; } = new(CommitColumns.Empty);

    /// <summary>How many commits it has.</summary>
    public int Count => Columns.Count;

    public CommitColumns Columns { get; }

    /// <summary>The place of a commit; -1 when it is not here.</summary>
    public int Find(GitId id) => _ordinals.TryGetValue(id, out var ordinal) ? ordinal : -1;

    /// <summary>The commit at a place.</summary>
    public CommitNode Node(int ordinal) =>
        new(Columns.Ids[ordinal], Columns.Trees[ordinal], Array.ConvertAll(Columns.Parents[Columns.ParentStarts[ordinal]..Columns.ParentStarts[ordinal + 1]], parent => Columns.Ids[parent]), Columns.Times[ordinal]);

    /// <summary>The paths that a commit changed against its first parent.</summary>
    public IEnumerable<RepoPath> PathsOf(int ordinal)
    {
        for (var at = Columns.ChangeStarts[ordinal]; at < Columns.ChangeStarts[ordinal + 1]; at++) yield return new(Columns.Paths[Columns.Changes[at]]);
    }

    /// <summary>What each commit did to a path, by place. One look at every change: about a millisecond for a million.</summary>
    public PathVerdicts Of(RepoPath path)
    {
        var wanted = new bool[Columns.Paths.Length];
        var (any, isFolder) = (false, false);
        for (var number = 0; number < wanted.Length; number++)
        {
            var known = Columns.Paths[number];
            if (!known.StartsWith(path.Value, StringComparison.Ordinal)) continue;
            if (known.Length == path.Value.Length || known[path.Value.Length] == '/') (wanted[number], any, isFolder) = (true, true, isFolder | known.Length > path.Value.Length);
        }
        var verdicts = new byte[Count];
        if (any) Fill(verdicts, wanted, isFolder);
        return new(verdicts);
    }

    private void Fill(byte[] verdicts, bool[] wanted, bool isFolder)
    {
        for (var ordinal = 0; ordinal < verdicts.Length; ordinal++)
        {
            var isMerge = Columns.ParentStarts[ordinal + 1] - Columns.ParentStarts[ordinal] > 1;
            for (var at = Columns.ChangeStarts[ordinal]; at < Columns.ChangeStarts[ordinal + 1]; at++)
            {
                if (!wanted[Columns.Changes[at]]) continue;
                // Of a folder in a merge it is only known that it differs from the first parent.
                verdicts[ordinal] = isFolder && isMerge ? PathVerdicts.Unknown : Columns.Kinds[at] >= FromParent ? (byte)(PathVerdicts.FromSecond + Columns.Kinds[at] - FromParent) : Columns.Kinds[at] == Added && !isFolder ? PathVerdicts.New : PathVerdicts.Own;
                break;
            }
        }
    }
}
