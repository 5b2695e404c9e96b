using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Rlm.Context.Lucene;

/// <summary>Which documents there are by their term, in the last commit and by what was put and removed since. Safe to use from many threads.</summary>
internal sealed class KnownTerms(DirectoryReader? committed, Func<DirectoryReader?> reopen) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Field, string Text), bool> _since = [];
    private DirectoryReader? _committed = committed;
    private bool _isCurrent = true;

    /// <summary>Whether there is one.</summary>
    public bool Has(string field, string text)
    {
        lock (_gate) return _since.TryGetValue((field, text), out var has) ? has : IsCommitted(new(field, text));
    }

    /// <summary>Whether there is one or was one since the last commit: another thread may be about to put it.</summary>
    public bool MayHave(string field, string text)
    {
        lock (_gate) return _since.ContainsKey((field, text)) || IsCommitted(new(field, text));
    }

    /// <summary>Takes note of one; false when it was known.</summary>
    public bool Add(string field, string text)
    {
        lock (_gate)
        {
            if (Has(field, text)) return false;
            _since[(field, text)] = true;
            return true;
        }
    }

    /// <summary>Takes note of one that goes; false when it was not known.</summary>
    public bool Remove(string field, string text)
    {
        lock (_gate)
        {
            if (!Has(field, text)) return false;
            _since[(field, text)] = false;
            return true;
        }
    }

    /// <summary>To be called when all is committed.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _since.Clear();
            _isCurrent = false;
        }
    }

    public void Dispose() => _committed?.Dispose();

    private bool IsCommitted(Term term)
    {
        if (!_isCurrent)
        {
            _committed?.Dispose();
            (_committed, _isCurrent) = (null, true);
            _committed = reopen();
        }
        if (_committed is null) return false;
        foreach (var leaf in _committed.Leaves)
            if (leaf.AtomicReader.GetTermDocsEnum(term) is { } documents && documents.NextDoc() != DocIdSetIterator.NO_MORE_DOCS) return true;
        return false;
    }
}
