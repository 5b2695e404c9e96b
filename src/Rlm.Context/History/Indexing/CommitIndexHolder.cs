using Rlm.Context.Files;
using Rlm.Context.History.Opening;

namespace Rlm.Context.History.Indexing;

/// <summary>The index of commits of one root: read from disk when it is first asked for and when another process has replaced it, and brought up to date here when told to. Safe for many threads.</summary>
/// <param name="file">Where it is kept; null for nowhere: then there is none.</param>
internal sealed class CommitIndexHolder(CommitIndexFile? file)
{
    private readonly Lock _gate = new(), _updating = new();
    private CommitIndex _index = CommitIndex.Empty;
    private (int, long) _glance;
    private CommitIndexStatus? _status;

    /// <summary>The newest there is; empty when there is none. A look at a header, or some ten milliseconds when it is new.</summary>
    public CommitIndex Current
    {
        get
        {
            if (file is null) return CommitIndex.Empty;
            lock (_gate)
            {
                if (file.Glance() is var glance && glance != _glance)
                {
                    _glance = glance;
                    if (glance != default && file.Read() is { } read && read.Count >= _index.Count) _index = read;
                }
                return _index;
            }
        }
    }

    public CommitIndexStatus Status
    {
        get
        {
            lock (_gate)
                if (_status is { } status) return status;
            return new(Current.Count, null, IsBuilding: false, file is null ? "no cache folder: no index of commits is kept" : null);
        }
    }

    /// <summary>Brings it up to date, unless another process is at it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Update(OpenedRepository repository, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        if (file is null) return;
        lock (_updating)
        {
            using var writer = file.Lock();
            if (writer is null)
            {
                Report(new(Current.Count, null, IsBuilding: false, "another process is indexing the commits"));
                return;
            }
            var before = Current;
            var (index, left) = new CommitIndexBuilder(repository, before, Save, Looked).Run(progress, cancellationToken);
            Report(new(index.Count, left, IsBuilding: false, null));
        }
    }

    /// <summary>Says what came of it where it failed.</summary>
    public void Report(CommitIndexStatus status)
    {
        lock (_gate) _status = status;
    }

    private void Looked(int commits, int missing) => Report(new(commits, missing, IsBuilding: missing > 0, null));

    private void Save(CommitIndex index, int left)
    {
        file!.Write(index);
        lock (_gate) (_index, _glance, _status) = (index, file.Glance(), new(index.Count, left, IsBuilding: left > 0, null));
    }
}
