using System.Diagnostics.CodeAnalysis;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>A dict in insertion order. Removed entries leave a gap until the next growth, so that order and places hold.</summary>
internal sealed class PyDict(DictKind kind = DictKind.Plain)
{
    /// <summary>Bytes accounted for each entry.</summary>
    public const int EntryBytes = 96;

    private readonly Dictionary<object, int> _places = new(KeyComparer.Instance);
    private readonly List<(object? Key, object Value)> _entries = [];

    public DictKind Kind { get; } = kind;

    /// <summary>What a <c>defaultdict</c> calls for a missing key.</summary>
    public object? Factory { get; set; }

    public int Count => _places.Count;

    /// <summary>Changes whenever a key comes or goes.</summary>
    public int Version { get; private set; }

    /// <summary>Places of entries, gaps included; for iteration that notices changes.</summary>
    public int Places => _entries.Count;

    public IEnumerable<(object Key, object Value)> Entries
    {
        get
        {
            for (var place = 0; place < _entries.Count; place++)
                if (_entries[place] is ({ } key, var value)) yield return (key, value);
        }
    }

    public (object? Key, object Value) At(int place) => _entries[place];

    public bool TryGet(object key, [MaybeNullWhen(false)] out object value)
    {
        Hashable(key);
        if (_places.TryGetValue(key, out var place))
        {
            value = _entries[place].Value;
            return true;
        }
        value = null;
        return false;
    }

    public bool Has(object key)
    {
        Hashable(key);
        return _places.ContainsKey(key);
    }

    public void Set(Machine machine, object key, object value)
    {
        if (_places.TryGetValue(key, out var place))
        {
            _entries[place] = (_entries[place].Key, value);
            return;
        }
        machine.Charge(EntryBytes);
        Put(key, value);
    }

    /// <summary>Sets what is known to be small and ours, without an account.</summary>
    public void Put(object key, object value)
    {
        if (_places.TryGetValue(key, out var known))
        {
            _entries[known] = (_entries[known].Key, value);
            return;
        }
        if (_entries.Count > 32 && _entries.Count > 2 * _places.Count) Compact();
        _places.Add(key, _entries.Count);
        _entries.Add((key, value));
        Version++;
    }

    public bool Remove(object key, [MaybeNullWhen(false)] out object value)
    {
        value = null;
        Hashable(key);
        if (!_places.Remove(key, out var place)) return false;
        value = _entries[place].Value;
        _entries[place] = (null, PyNone.Value);
        Version++;
        while (_entries.Count > 0 && _entries[^1].Key is null) _entries.RemoveAt(_entries.Count - 1);
        return true;
    }

    public void Clear()
    {
        _places.Clear();
        _entries.Clear();
        Version++;
    }

    /// <summary>Moves an entry to the end, or with <paramref name="last"/> false to the front.</summary>
    public void Move(object key, bool last)
    {
        Remove(key, out var value);
        if (last)
        {
            Put(key, value!);
            return;
        }
        var rest = Entries.ToArray();
        Clear();
        Put(key, value!);
        foreach (var (other, kept) in rest) Put(other, kept);
    }

    // An empty table of .NET does not ask for the hash; Python does, and fails for lists.
    private void Hashable(object key)
    {
        if (_places.Count == 0 && key is not (string or long)) Hashing.Of(key);
    }

    private void Compact()
    {
        _entries.RemoveAll(entry => entry.Key is null);
        for (var place = 0; place < _entries.Count; place++) _places[_entries[place].Key!] = place;
    }
}
