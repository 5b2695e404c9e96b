using Rlm.Context.History.Opening;

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
    private readonly ContextStore _store;
    private readonly Lock _gate = new();
    private OpenedRepository? _opened;

    internal GitHistory(ContextStore store) => _store = store;

    /// <summary>Opens the repository as it is now, for one thread. About a millisecond, the first time a third of a second.</summary>
    /// <exception cref="ContextException"><c>not_available</c>: no repository, none that may be opened, or no libgit2.</exception>
    public HistoryReader Open() => new(_store, Repository());

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _opened?.Dispose();
            _opened = null;
        }
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
