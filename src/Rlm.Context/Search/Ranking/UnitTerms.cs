using Rlm.Context.Index;

namespace Rlm.Context.Search.Ranking;

/// <summary>Counts the terms of one unit after another, by field. Keeps its tables: one for each thread.</summary>
internal sealed class UnitTerms
{
    private Slot[] _slots = new Slot[1 << 10];
    private int[] _used = new int[1 << 9];
    private int _count;
    private readonly int[] _lengths = new int[Bm25F.Fields];

    /// <summary>Counts the words of a text that stands in a field of the unit.</summary>
    public void Add(ReadOnlySpan<char> text, TermField field)
    {
        var sink = new Sink(this, field);
        TermSplitter.Split(text, ref sink);
    }

    /// <summary>Writes the unit's terms behind those of the units before it, and begins the next unit.</summary>
    public void Finish(int unit, List<UnitPosting> postings)
    {
        Span<float> weights = stackalloc float[Bm25F.Fields];
        for (var field = 0; field < Bm25F.Fields; field++)
        {
            weights[field] = Bm25F.WeightOf((TermField)field, _lengths[field]);
            _lengths[field] = 0;
        }
        for (var index = 0; index < _count; index++)
        {
            ref var slot = ref _slots[_used[index]];
            float sum = 0;
            for (var field = 0; field < Bm25F.Fields; field++) sum += weights[field] * slot.Counts[field];
            postings.Add(new(slot.Term, unit, Bm25F.Impact(sum)));
            slot = default;
        }
        _count = 0;
    }

    private void Count(ulong term, TermField field)
    {
        if (term == 0) term = 1; // 0 marks a free slot
        var at = (int)(term >> 20) & (_slots.Length - 1);
        while (_slots[at].Term != term)
        {
            if (_slots[at].Term == 0)
            {
                if (_count == _used.Length) Grow();
                else
                {
                    _slots[at].Term = term;
                    _used[_count++] = at;
                    break;
                }
                at = (int)(term >> 20) & (_slots.Length - 1);
                continue;
            }
            at = (at + 1) & (_slots.Length - 1);
        }
        ref var count = ref _slots[at].Counts[(int)field];
        if (count < ushort.MaxValue) count++;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Slot[old.Length * 2];
        for (var index = 0; index < _count; index++)
        {
            var slot = old[_used[index]];
            var at = (int)(slot.Term >> 20) & (_slots.Length - 1);
            while (_slots[at].Term != 0) at = (at + 1) & (_slots.Length - 1);
            _slots[at] = slot;
            _used[index] = at;
        }
        Array.Resize(ref _used, _slots.Length / 2);
    }

    private struct Slot
    {
        public ulong Term;
        public FieldCounts Counts;
    }

    [System.Runtime.CompilerServices.InlineArray(Bm25F.Fields)]
    private struct FieldCounts
    {
        private ushort _first;
    }

    private readonly struct Sink(UnitTerms terms, TermField field) : ITermSink
    {
        public void AddName(ulong term) => terms.Count(term, field);

        public void AddStem(ulong term)
        {
            terms._lengths[(int)field]++;
            terms.Count(term, field);
        }
    }
}
