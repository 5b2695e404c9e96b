using System.Collections.Concurrent;
using Rlm.Context.Files;
using Rlm.Context.History.Objects;
using Rlm.Context.History.Opening;
using Rlm.Context.Index.Building;

namespace Rlm.Context.History.Indexing;

/// <summary>Brings an index of commits up to date: finds the commits that it lacks, newest first, compares each with its parents on all processors, and saves now and then. About a millisecond of a processor for each commit.</summary>
internal sealed class CommitIndexBuilder(OpenedRepository repository, CommitIndex known, Action<CommitIndex, int> save, Action<int, int> looked)
{
    /// <summary>Older commits than so many are left to walks.</summary>
    private const int MaxCommits = 500_000;

    private const long MaxChanges = 30_000_000;

    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(15);

    /// <summary>Builds; gives the index and how many commits it could not take in.</summary>
    public (CommitIndex Index, int Left) Run(IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        var refs = new GitRefs(repository.Folder);
        var missing = Missing(refs, cancellationToken);
        looked(known.Count, missing.Count);
        if (missing.Count == 0) return (known, 0);
        var records = new CommitRecord?[missing.Count];
        var numbers = Enumerable.Range(0, missing.Count).ToArray();
        var changes = 0L;
        using var readers = new Leases();
        BackgroundFiles.Run(numbers, () => readers.Add(new(repository)), (number, lease) =>
        {
            if (Interlocked.Read(ref changes) > MaxChanges) return;
            try
            {
                records[number] = CommitRecord.Of(lease.Objects, missing[number]);
                Interlocked.Add(ref changes, records[number]!.Changes.Count);
            }
            catch (ContextException)
            {
                // A tree or parent that is not in this clone: walks meet it and say so.
            }
        }, SaveEvery, done =>
        {
            progress?.Report(new(done, missing.Count, "indexing commits") { Counted = "commits" });
            save(CommitIndexWriter.Add(known, Present(records)), missing.Count - done);
        }, cancellationToken);
        var added = Present(records);
        var index = CommitIndexWriter.Add(known, added);
        save(index, missing.Count - added.Count);
        return (index, missing.Count - added.Count);
    }

    private static List<CommitRecord> Present(CommitRecord?[] records)
    {
        var present = new List<CommitRecord>();
        for (var at = 0; at < records.Length; at++)
            if (Volatile.Read(ref records[at]) is { } record) present.Add(record);
        return present;
    }

    // At the border of a shallow clone a commit seems to add everything: such are left to walks, which say so.
    private List<CommitNode> Missing(GitRefs refs, CancellationToken cancellationToken)
    {
        using var lease = new Lease(repository);
        var shallow = refs.Shallow();
        var (found, seen, ahead) = (new List<CommitNode>(), new HashSet<GitId>(), new PriorityQueue<CommitNode, long>());
        void Push(GitId id)
        {
            if (seen.Add(id) && known.Find(id) < 0 && lease.Objects.Node(id) is { } node) ahead.Enqueue(node, -node.Time);
        }
        foreach (var tip in refs.Tips())
            if (lease.Objects.Peeled(tip) is { } commit) Push(commit);
        while (found.Count + known.Count < MaxCommits && ahead.TryDequeue(out var node, out _))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (shallow.Contains(node.Id)) continue;
            found.Add(node);
            foreach (var parent in node.Parents) Push(parent);
        }
        return found;
    }

    private sealed class Leases : IDisposable
    {
        private readonly ConcurrentBag<Lease> _all = [];

        public Lease Add(Lease lease)
        {
            _all.Add(lease);
            return lease;
        }

        public void Dispose()
        {
            foreach (var lease in _all) lease.Dispose();
        }
    }

    private sealed class Lease(OpenedRepository repository) : IDisposable
    {
        public GitObjects Objects { get; } = repository.Take();

        public void Dispose() => repository.GiveBack(Objects);
    }
}
