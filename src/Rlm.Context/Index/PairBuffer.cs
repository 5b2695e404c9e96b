using Rlm.Context.Index.Segments;

namespace Rlm.Context.Index;

/// <summary>
/// Gathers which document has which trigrams, and gives them sorted by trigram. Eight bytes for each pair, at most: the trigrams in the order in which they came,
/// then, spread by their upper half, their lower half together with the document, which leaves 20 bits for that.
/// </summary>
internal sealed class PairBuffer(int maxPairs)
{
    /// <summary>At most this many documents.</summary>
    public const int MaxDocuments = 1 << DocumentBits;

    private const int DocumentBits = 20, LowBits = 32 - DocumentBits, LowCount = 1 << LowBits;
    private const int Buckets = (int)(TrigramEntry.Always >> LowBits) + 1;

    private readonly List<int> _ends = [];
    private uint[] _trigrams = new uint[1 << 12], _spread = [];
    private int _count;

    /// <summary>No document came yet.</summary>
    public bool IsEmpty => _ends.Count == 0;

    /// <summary>Whether another document with so many trigrams should wait for the next round.</summary>
    public bool IsFullFor(int trigrams) => _ends.Count > 0 && (_count + trigrams > maxPairs || _ends.Count == MaxDocuments);

    /// <summary>Adds the next document.</summary>
    public void Add(ReadOnlySpan<uint> trigrams, bool isAlways)
    {
        var needed = _count + trigrams.Length + 1;
        if (needed > _trigrams.Length) Array.Resize(ref _trigrams, Math.Max(needed, Math.Min(_trigrams.Length * 2, Math.Max(maxPairs, needed))));
        trigrams.CopyTo(_trigrams.AsSpan(_count));
        _count += trigrams.Length;
        if (isAlways) _trigrams[_count++] = TrigramEntry.Always;
        _ends.Add(_count);
    }

    /// <summary>Writes all lists, and is empty again.</summary>
    public void Drain(FileSegmentWriter writer)
    {
        var pairs = Spread(out var ends);
        var documents = Array.Empty<int>();
        for (int bucket = 0, start = 0; bucket < Buckets; start = ends[bucket++])
            if (ends[bucket] > start) WriteBucket((uint)bucket, pairs.AsSpan(start..ends[bucket]), ref documents, writer);
        _ends.Clear();
        _count = 0;
    }

    private uint[] Spread(out int[] next)
    {
        next = new int[Buckets];
        foreach (var trigram in _trigrams.AsSpan(0, _count)) next[trigram >> LowBits]++;
        for (int bucket = 0, sum = 0; bucket < Buckets; bucket++) (next[bucket], sum) = (sum, sum + next[bucket]);
        // Kept for the next round: a new one each time would wait for the collector by the hundred megabytes.
        if (_spread.Length < _count) _spread = GC.AllocateUninitializedArray<uint>(_trigrams.Length);
        var pairs = _spread;
        for (int document = 0, at = 0; document < _ends.Count; document++)
            for (; at < _ends[document]; at++) pairs[next[_trigrams[at] >> LowBits]++] = (_trigrams[at] << DocumentBits) | (uint)document;
        return pairs;
    }

    // Documents came in ascending order, so sorting by trigram without changing the order of equals is enough.
    private static void WriteBucket(uint bucket, Span<uint> pairs, ref int[] documents, FileSegmentWriter writer)
    {
        if (documents.Length < pairs.Length) documents = new int[Math.Max(pairs.Length, documents.Length * 2)];
        if (pairs.Length < LowCount / 16)
        {
            pairs.Sort();
            for (int start = 0, end; start < pairs.Length; start = end)
            {
                var low = pairs[start] >> DocumentBits;
                for (end = start; end < pairs.Length && pairs[end] >> DocumentBits == low; end++) documents[end] = (int)(pairs[end] & (MaxDocuments - 1));
                writer.Add((bucket << LowBits) | low, documents.AsSpan(start..end));
            }
            return;
        }
        Span<int> next = stackalloc int[LowCount];
        next.Clear();
        foreach (var pair in pairs) next[(int)(pair >> DocumentBits)]++;
        for (int low = 0, sum = 0; low < LowCount; low++) (next[low], sum) = (sum, sum + next[low]);
        foreach (var pair in pairs) documents[next[(int)(pair >> DocumentBits)]++] = (int)(pair & (MaxDocuments - 1));
        for (int low = 0, start = 0; low < LowCount; start = next[low++])
            if (next[low] > start) writer.Add((bucket << LowBits) | (uint)low, documents.AsSpan(start..next[low]));
    }
}
