using Rlm.Context.Files;
using Rlm.Context.History.Indexing;
using Rlm.Context.History.Opening;
using Rlm.Context.Index.Storage;
using Rlm.Context.Scopes;

namespace Rlm.Context.History;

/// <summary>
/// How the files of a root came to be, from its git repository: read through libgit2 in this process, never by the <c>git</c> program.
/// <code>
/// using var reader = store.History.Open();
/// var log = reader.Log(new RepoPath("src/A.cs"), reader.Head, cancellationToken);
/// </code>
/// </summary>
public sealed class GitHistory : IDisposable
{
    private static readonly TimeSpan RangeLimit = TimeSpan.FromSeconds(60);

    private readonly ContextStore _store;
    private readonly Lock _gate = new();
    private readonly CommitIndexHolder _commits;
    private OpenedRepository? _opened;
    private HistoryKeeper? _keeper;
    private ((GitId, GitId, string) Key, IReadOnlyList<SetItem> Items, ScopeLosses Losses)? _changed;

    internal GitHistory(ContextStore store)
    {
        _store = store;
        _commits = new(Folder is { } folder && store.Options.UsesIndex ? new(new DiskIndexFiles(folder)) : null);
    }

    /// <summary>Opens the repository as it is now, for one thread. About a millisecond, the first time a third of a second.</summary>
    /// <exception cref="ContextException"><c>not_available</c>: no repository, none that may be opened, or no libgit2.</exception>
    public HistoryReader Open()
    {
        var repository = Repository();
        return new(_store, repository, _commits.Current);
    }

    /// <summary>How far the index of commits is: as this process has it, or as some process left it on disk.</summary>
    public CommitIndexStatus IndexStatus => _commits.Status;

    /// <summary>Builds the index of commits now, or brings it up to date; the status tells what came of it. About a millisecond of a processor for each new commit.</summary>
    /// <exception cref="ContextException"><c>not_available</c>: there is no history.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public CommitIndexStatus BuildIndex(IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        _commits.Update(Repository(), progress, cancellationToken);
        return _commits.Status;
    }

    /// <summary>Notes why the index of commits is not up to date.</summary>
    internal void Report(string note) => _commits.Report(new(_commits.Current.Count, null, IsBuilding: false, note));

    /// <summary>Has the index of commits kept in the background from now on, where the operator wants indexes kept.</summary>
    internal void Follow()
    {
        if (!_store.Options.KeepsIndex || !_store.Options.UsesIndex || Folder is null || _keeper is not null) return;
        lock (_gate) _keeper ??= new(_store, this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _keeper?.Dispose();
        lock (_gate)
        {
            _opened?.Dispose();
            _opened = null;
        }
    }

    /// <summary>What <c>A..B</c> changed, as items of the work tree, with what is gone from it. The same range over the same snapshot is compared once.</summary>
    /// <exception cref="ContextException">A revision is not known, there is no history, or it takes longer than a minute.</exception>
    internal (IReadOnlyList<SetItem> Items, ScopeLosses Losses) Changed(string range, Snapshot snapshot)
    {
        using var reader = Open();
        var (from, to) = reader.Range(range);
        var key = (from, to, snapshot.Version);
        lock (_gate)
            if (_changed is { } known && known.Key == key) return (known.Items, known.Losses);
        var diff = reader.Diff(from, to, _ => true, new(_store.Options.Time, RangeLimit), CancellationToken.None);
        if (diff.NotCompared > 0) throw new ContextException(ContextFault.Timeout, $"asked {range}; {diff.NotCompared:N0} of {diff.Files.Count:N0} files could not be compared in {RangeLimit.TotalSeconds:0} s", "Ask for a shorter range, or for single files of it.");
        var (items, losses) = new ChangedScope(_store, snapshot, CancellationToken.None).Of(diff.Files);
        lock (_gate) _changed = (key, items, losses);
        return (items, losses);
    }

    private string? Folder => _store.CacheFolder is { } cache ? Path.Combine(cache, "history") : null;

    private OpenedRepository Repository()
    {
        lock (_gate)
        {
            if (_opened is not null && !_opened.IsCurrent(_store.Root))
            {
                _opened.Dispose();
                _opened = null;
            }
            return _opened ??= OpenedRepository.Open(_store.Root, Folder);
        }
    }
}
