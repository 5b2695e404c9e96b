using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>
/// A set or frozenset with the table of CPython's <c>setobject.c</c> (linear probes, then jumps by the rest of the hash), so that sets of numbers are iterated and printed in CPython's order.
/// The order of strings is unspecified there, being randomised; here it is the same in every run.
/// </summary>
internal sealed class PySet(bool frozen)
{
    /// <summary>Bytes accounted for each element.</summary>
    public const int EntryBytes = 64;

    private const int LinearProbes = 9, PerturbShift = 5;
    private static readonly object Dummy = new();
    private (object? Key, long Hash)[] _table = new (object?, long)[8];
    private int _fill, _finger;

    public bool Frozen { get; } = frozen;

    public int Count { get; private set; }

    /// <summary>Changes whenever an element comes or goes.</summary>
    public int Version { get; private set; }

    private int Mask => _table.Length - 1;

    public IEnumerable<object> Items
    {
        get
        {
            var table = _table;
            for (var index = 0; index < table.Length; index++)
                if (table[index].Key is { } key && !ReferenceEquals(key, Dummy)) yield return key;
        }
    }

    public bool Has(object key) => Find(key, Hashing.Of(key)) >= 0;

    public bool Add(Machine machine, object key)
    {
        machine.Charge(EntryBytes);
        return Add(key, Hashing.Of(key));
    }

    public bool Remove(object key)
    {
        var at = Find(key, Hashing.Of(key));
        if (at < 0) return false;
        Drop(at);
        return true;
    }

    public object Pop()
    {
        var at = _finger & Mask;
        while (_table[at].Key is not { } key || ReferenceEquals(key, Dummy)) at = at + 1 > Mask ? 0 : at + 1;
        var value = _table[at].Key!;
        Drop(at);
        _finger = at + 1;
        return value;
    }

    public void Clear()
    {
        _table = new (object?, long)[8];
        _fill = Count = 0;
        Version++;
    }

    /// <summary>Takes another's table over: what <c>&amp;=</c> and its like do with their result.</summary>
    public void Become(PySet other)
    {
        (_table, _fill, Count, _finger) = (other._table, other._fill, other.Count, 0);
        Version++;
    }

    public PySet Copy(Machine machine, bool frozen)
    {
        var copy = new PySet(frozen);
        copy.Merge(machine, this);
        return copy;
    }

    /// <summary>Adds all elements of another set: <c>set_merge</c>.</summary>
    public void Merge(Machine machine, PySet other)
    {
        if (ReferenceEquals(this, other) || other.Count == 0) return;
        machine.Tick(other.Count);
        machine.Charge((long)EntryBytes * other.Count);
        if ((_fill + other.Count) * 5L >= Mask * 3L) Resize((Count + other.Count) * 2L);
        Version++;
        if (_fill == 0 && Mask == other.Mask && other._fill == other.Count)
        {
            Array.Copy(other._table, _table, _table.Length);
            _fill = Count = other.Count;
        }
        else if (_fill == 0)
        {
            foreach (var (key, hash) in other.Live()) InsertClean(_table, key, hash);
            _fill = Count = other.Count;
        }
        else
            foreach (var (key, hash) in other.Live()) Add(key, hash);
    }

    /// <summary>Makes room before the keys of a dict are added, as <c>set_update_internal</c> does.</summary>
    public void Expect(int more)
    {
        if ((_fill + more) * 5L >= Mask * 3L) Resize((Count + more) * 2L);
    }

    /// <summary>Gets rid of gaps when they are many, as <c>set_difference_update_internal</c> does at its end.</summary>
    public void Tidy()
    {
        if (_fill - Count > Mask / 4) Resize(Count > 50_000 ? Count * 2L : Count * 4L);
    }

    private (object Key, long Hash)[] Live() => [.. _table.Where(entry => entry.Key is { } key && !ReferenceEquals(key, Dummy)).Select(entry => (entry.Key!, entry.Hash))];

    private void Drop(int at)
    {
        _table[at] = (Dummy, -1);
        Count--;
        Version++;
    }

    private int Find(object key, long hash)
    {
        var perturb = (ulong)hash;
        var at = (int)((ulong)hash & (ulong)Mask);
        while (true)
        {
            var probes = at + LinearProbes <= Mask ? LinearProbes : 0;
            for (var probe = 0; probe <= probes; probe++)
            {
                var entry = _table[at + probe];
                if (entry.Key is null) return -1;
                if (entry.Hash == hash && !ReferenceEquals(entry.Key, Dummy) && Comparing.Same(entry.Key, key)) return at + probe;
            }
            perturb >>= PerturbShift;
            at = (int)(((ulong)at * 5 + 1 + perturb) & (ulong)Mask);
        }
    }

    private bool Add(object key, long hash)
    {
        var (at, found) = Room(key, hash);
        if (found) return false;
        var isNew = _table[at].Key is null;
        _table[at] = (key, hash);
        Count++;
        Version++;
        if (!isNew) return true;
        _fill++;
        if (_fill * 5L >= Mask * 3L) Resize(Count > 50_000 ? Count * 2L : Count * 4L);
        return true;
    }

    // Where a key is, or where it goes: the last place of a removed one on the way, else the first that was never used.
    private (int At, bool Found) Room(object key, long hash)
    {
        var free = -1;
        var perturb = (ulong)hash;
        var at = (int)((ulong)hash & (ulong)Mask);
        while (true)
        {
            var probes = at + LinearProbes <= Mask ? LinearProbes : 0;
            for (var place = at; place <= at + probes; place++)
            {
                var entry = _table[place];
                if (entry.Key is null) return (free >= 0 ? free : place, false);
                if (ReferenceEquals(entry.Key, Dummy)) free = place;
                else if (entry.Hash == hash && Comparing.Same(entry.Key, key)) return (place, true);
            }
            perturb >>= PerturbShift;
            at = (int)(((ulong)at * 5 + 1 + perturb) & (ulong)Mask);
        }
    }

    // An element of a table without removed ones, known not to be there.
    private static void InsertClean((object? Key, long Hash)[] table, object key, long hash)
    {
        var mask = table.Length - 1;
        var perturb = (ulong)hash;
        var at = (int)((ulong)hash & (ulong)mask);
        while (true)
        {
            var probes = at + LinearProbes <= mask ? LinearProbes : 0;
            for (var probe = 0; probe <= probes; probe++)
                if (table[at + probe].Key is null)
                {
                    table[at + probe] = (key, hash);
                    return;
                }
            perturb >>= PerturbShift;
            at = (int)(((ulong)at * 5 + 1 + perturb) & (ulong)mask);
        }
    }

    private void Resize(long minimum)
    {
        var size = 8;
        while (size <= minimum) size <<= 1;
        var table = new (object?, long)[size];
        foreach (var (key, hash) in Live()) InsertClean(table, key, hash);
        _table = table;
        _fill = Count;
    }
}
