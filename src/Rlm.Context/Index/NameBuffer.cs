using System.Text;
using Rlm.Context.Index.Segments;

namespace Rlm.Context.Index;

/// <summary>Gathers the names of symbols, and gives them sorted by their UTF-8 bytes, each once with its symbols.</summary>
internal sealed class NameBuffer
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<int> _nameOf = [];

    /// <summary>How many symbols came.</summary>
    public int Symbols => _nameOf.Count;

    /// <summary>Adds the next symbol; one without a name is counted only.</summary>
    public void Add(string name)
    {
        if (name.Length == 0) _nameOf.Add(-1);
        else if (_numbers.TryGetValue(name, out var number)) _nameOf.Add(number);
        else
        {
            _nameOf.Add(_numbers.Count);
            _numbers.Add(name, _numbers.Count);
        }
    }

    /// <summary>Writes all names, and is empty again.</summary>
    public void Drain(ContentSegmentWriter writer)
    {
        var names = _numbers.Keys.Select(Encoding.UTF8.GetBytes).ToArray();
        var numbers = _numbers.Values.ToArray();
        Array.Sort(names, numbers, Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)));
        var symbols = Spread(numbers, out var ends);
        for (int first = 0, start = 0, last; first < names.Length; first = last)
        {
            // Names that are no valid UTF-16 may come out the same.
            for (last = first + 1; last < names.Length && names[last].AsSpan().SequenceEqual(names[first]);) last++;
            var ours = symbols.AsSpan(start..ends[numbers[last - 1]]);
            if (last > first + 1) ours.Sort();
            writer.AddName(names[first], ours);
            start += ours.Length;
        }
        _numbers.Clear();
        _nameOf.Clear();
    }

    // The symbols by name, in the order of the numbers; and, by number, where a name's end.
    private int[] Spread(int[] numbers, out int[] next)
    {
        next = new int[numbers.Length];
        var named = 0;
        foreach (var number in _nameOf)
            if (number >= 0) (next[number], named) = (next[number] + 1, named + 1);
        var sum = 0;
        foreach (var number in numbers) (next[number], sum) = (sum, sum + next[number]);
        var symbols = new int[named];
        for (var symbol = 0; symbol < _nameOf.Count; symbol++)
            if (_nameOf[symbol] >= 0) symbols[next[_nameOf[symbol]]++] = symbol;
        return symbols;
    }
}
