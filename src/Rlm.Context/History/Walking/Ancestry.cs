using Rlm.Context.History.Objects;

namespace Rlm.Context.History.Walking;

/// <summary>Which commits lead to one revision and not to another: those of <c>A..B</c>.</summary>
internal static class Ancestry
{
    // Commits may be dated before their parents; so many steps more are taken before the rest is believed to be common.
    private const int Slop = 64;

    /// <summary>The commits reachable from <paramref name="to"/> and not from <paramref name="from"/>; null when the time was up before that was known.</summary>
    public static HashSet<GitId>? Between(CommitGraph graph, GitId from, GitId to, Deadline deadline)
    {
        var (wanted, common) = (new HashSet<GitId>(), new HashSet<GitId>());
        var ahead = new PriorityQueue<CommitNode, long>();
        void Push(GitId id, bool isCommon)
        {
            if (graph.Node(id) is not { } node || !(isCommon ? common : wanted).Add(id)) return;
            ahead.Enqueue(node, -node.Time);
        }
        Push(from, true);
        Push(to, false);
        var more = Slop;
        while (ahead.TryDequeue(out var node, out _) && more > 0)
        {
            if (deadline.IsOver) return null;
            var isCommon = common.Contains(node.Id);
            foreach (var parent in node.Parents) Push(parent, isCommon);
            more = ahead.UnorderedItems.Any(item => !common.Contains(item.Element.Id)) ? Slop : more - 1;
        }
        wanted.ExceptWith(common);
        return wanted;
    }
}
