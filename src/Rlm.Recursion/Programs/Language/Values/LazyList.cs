using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>A long list of the host, fetched as far as it is looked at. It cannot be changed, and is a list in every other way.</summary>
internal sealed class LazyList(Machine machine, LazyRows first, Func<Machine, object, long, LazyRows> more)
{
    private readonly List<object> _rows = first.Rows;
    private object? _more = first.More;
    private Machine _machine = machine;

    /// <summary>Rows that are here already.</summary>
    public IReadOnlyList<object> Fetched => _rows;

    public bool IsComplete => _more is null;

    public long? Total { get; private set; } = first.Total;

    public long Count => IsComplete ? _rows.Count : Total ?? Drain().Count;

    public bool Has(long index)
    {
        while (_rows.Count <= index && _more is not null) Fetch();
        return index < _rows.Count;
    }

    public object At(long index) => Has(index) ? _rows[(int)index] : throw Raise.Index("list index out of range");

    public List<object> Drain()
    {
        while (_more is not null) Fetch();
        return _rows;
    }

    public IEnumerable<object> Each()
    {
        for (var index = 0; Has(index); index++) yield return _rows[index];
    }

    private void Fetch()
    {
        _machine = Machine.Current ?? _machine;
        _machine.Check();
        var next = more(_machine, _more!, _rows.Count);
        // A host that answers nothing new with a cursor would be asked forever.
        if (next.Rows.Count == 0 && next.More is not null && Comparing.Equal(next.More, _more!)) throw Raise.Error("RuntimeError", "the host gave no more rows and the same cursor");
        // It stays open then, so that every later use fails as well.
        if (next.More is null && (next.Total ?? Total) is { } total && _rows.Count + next.Rows.Count != total) throw Raise.Error("RuntimeError", $"the list ended after {_rows.Count + next.Rows.Count} of {total} rows; ask for it again");
        _rows.AddRange(next.Rows);
        _more = next.More;
        Total = next.Total ?? Total;
    }
}
