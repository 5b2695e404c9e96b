using System.Numerics;
using Rlm.Context.Index.Segments;

namespace Rlm.Context.Index;

/// <summary>
/// Gathers which unit has which terms, and gives them sorted by term. Twelve bytes for each posting, at most: the number of its term and, in four bytes, unit and impact,
/// in the order in which they came; then the latter once more, sorted.
/// </summary>
internal sealed class UnitBuffer(int maxPostings)
{
    /// <summary>At most this many units.</summary>
    public const int MaxUnits = 1 << (32 - ImpactBits);

    private const int ImpactBits = 8;

    // Numbers of terms less one, by hash; as many places as a power of two, at most half of them taken.
    private int[] _places = new int[1 << 10];
    private ulong[] _terms = new ulong[1 << 9];
    private int[] _termOf = new int[1 << 12];
    private uint[] _postings = new uint[1 << 12], _sorted = [];
    private int _termCount, _count;

    /// <summary>How many units came.</summary>
    public int Units { get; private set; }

    /// <summary>Whether another content with so much should wait for the next round.</summary>
    public bool IsFullFor(int postings, int units) => Units > 0 && (_count + (long)postings > maxPostings || Units + (long)units > MaxUnits);

    /// <summary>Adds the next content's.</summary>
    public void Add(ReadOnlySpan<UnitPosting> postings, int units)
    {
        var needed = checked(_count + postings.Length);
        if (needed > _termOf.Length)
        {
            var room = Math.Max(needed, (int)Math.Min(_termOf.Length * 2L, Math.Max(maxPostings, needed)));
            Array.Resize(ref _termOf, room);
            Array.Resize(ref _postings, room);
        }
        foreach (var (term, unit, impact) in postings) (_termOf[_count], _postings[_count++]) = (NumberOf(term), ((uint)(Units + unit) << ImpactBits) | impact);
        Units += units;
    }

    /// <summary>Writes all postings, and is empty again.</summary>
    public void Drain(ContentSegmentWriter writer)
    {
        var terms = _terms.AsSpan(0, _termCount).ToArray();
        var numbers = new int[_termCount];
        for (var number = 0; number < numbers.Length; number++) numbers[number] = number;
        Array.Sort(terms, numbers);
        var next = new int[_termCount];
        var ends = Spread(numbers, next);
        for (int index = 0, at = 0; index < terms.Length; index++)
            for (var (last, end) = (-1, ends[numbers[index]]); at < end; at++)
            {
                // A pair that was given twice counts once.
                var unit = (int)(_sorted[at] >> ImpactBits);
                if (unit != last) writer.AddPosting(terms[index], unit, (byte)_sorted[at]);
                last = unit;
            }
        (_count, _termCount, Units) = (0, 0, 0);
        Array.Clear(_places);
    }

    // Units came in ascending order, so spreading them by term without changing the order of equals is enough. Gives, by number of a term, where its postings end.
    private int[] Spread(int[] numbers, int[] next)
    {
        foreach (var number in _termOf.AsSpan(0, _count)) next[number]++;
        var sum = 0;
        foreach (var number in numbers) (next[number], sum) = (sum, sum + next[number]);
        // Kept for the next round: a new one each time would wait for the collector by the ten megabytes.
        if (_sorted.Length < _count) _sorted = GC.AllocateUninitializedArray<uint>(_postings.Length);
        for (var at = 0; at < _count; at++) _sorted[next[_termOf[at]]++] = _postings[at];
        return next;
    }

    private int NumberOf(ulong term)
    {
        for (var place = PlaceOf(term); ; place = (place + 1) & (_places.Length - 1))
        {
            var number = _places[place] - 1;
            if (number >= 0 && _terms[number] == term) return number;
            if (number < 0) return AddTerm(term, place);
        }
    }

    private int AddTerm(ulong term, int place)
    {
        if (_termCount == _terms.Length)
        {
            Array.Resize(ref _terms, _termCount * 2);
            _places = new int[_places.Length * 2];
            for (var number = 0; number < _termCount; number++) _places[FreePlaceFor(_terms[number])] = number + 1;
            place = FreePlaceFor(term);
        }
        _terms[_termCount] = term;
        _places[place] = ++_termCount;
        return _termCount - 1;
    }

    private int FreePlaceFor(ulong term)
    {
        var place = PlaceOf(term);
        while (_places[place] != 0) place = (place + 1) & (_places.Length - 1);
        return place;
    }

    // Terms are hashes already, but perhaps not in all bits (Fibonacci hashing; Knuth, TAOCP 3, 6.4).
    private int PlaceOf(ulong term) => (int)((term * 11400714819323198485UL) >> (64 - BitOperations.Log2((uint)_places.Length)));
}
