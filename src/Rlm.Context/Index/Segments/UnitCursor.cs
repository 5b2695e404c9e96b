namespace Rlm.Context.Index.Segments;

/// <summary>Goes through the posting list of one term, many at once. For one thread.</summary>
internal sealed class UnitCursor : IDisposable
{
    // A number of 32 bits and an impact.
    private const int MaxPostingBytes = 6;

    private readonly ByteStream? _stream;
    private readonly TermEntry _entry;
    private readonly int _units;
    private readonly bool _owns;
    private int _left;
    private long _last = -1;
    private byte _nextImpact;

    /// <summary>Before the first posting.</summary>
    /// <param name="entry">The term.</param>
    /// <param name="units">All units are below this.</param>
    /// <param name="stream">At the list's start; null for a single unit.</param>
    /// <param name="owns">Whether to dispose the stream.</param>
    public UnitCursor(TermEntry entry, int units, ByteStream? stream, bool owns) => (_entry, _units, _stream, _owns, _left) = (entry, units, stream, owns, entry.Count);

    /// <summary>Gives the next postings, units ascending: as many as there are and as the spans take; 0 at the end.</summary>
    public int Read(Span<int> units, Span<byte> impacts)
    {
        var wanted = Math.Min(_left, Math.Min(units.Length, impacts.Length));
        if (wanted == 0) return 0;
        _left -= wanted;
        if (_stream is null) (units[0], impacts[0]) = ((int)_entry.Start, _entry.Impact);
        else
            for (var done = 0; done < wanted;)
            {
                done += ReadNear(_stream, units[done..wanted], impacts[done..wanted]);
                if (done == wanted) break;
                // The window ends, perhaps within a posting.
                units[done] = Next(_stream.ReadNumber());
                impacts[done++] = _stream.ReadByte();
            }
        return wanted;
    }

    /// <summary>The unit that <see cref="AddTo"/> stopped before; the largest number at the end.</summary>
    public int NextUnit { get; private set; } = -1;

    /// <summary>Adds, for every posting of a unit below the end of the scores, the impact's share to the unit's score. Not to be mixed with <see cref="Read"/>.</summary>
    /// <param name="scores">By unit less <paramref name="start"/>.</param>
    /// <param name="start">No unit that is left is below it.</param>
    /// <param name="shares">What an impact is worth, by impact.</param>
    public void AddTo(Span<float> scores, int start, ReadOnlySpan<float> shares)
    {
        if (NextUnit < 0) ReadOne();
        for (; NextUnit - start < scores.Length; ReadOne())
        {
            scores[NextUnit - start] += shares[_nextImpact];
            if (_stream is not null) AddNear(_stream, scores, start, shares);
        }
    }

    public void Dispose()
    {
        if (_owns) _stream?.Dispose();
    }

    private void ReadOne()
    {
        Span<int> unit = stackalloc int[1];
        NextUnit = Read(unit, new(ref _nextImpact)) == 0 ? int.MaxValue : unit[0];
    }

    // The one loop that every posting of every ranked query goes through: about 3 ns each.
    private void AddNear(ByteStream stream, Span<float> scores, int start, ReadOnlySpan<float> shares)
    {
        var bytes = stream.Peek();
        int at = 0, left = _left;
        var (last, end) = (_last, Math.Min((long)start + scores.Length, _units));
        for (; left > 0 && at + MaxPostingBytes <= bytes.Length; left--)
        {
            var next = at;
            uint gap = bytes[next++];
            if (gap >= 0x80) gap = Far(bytes, ref next, gap & 0x7F);
            if (last + 1 + gap >= end) break;
            last += 1 + gap;
            scores[(int)(last - start)] += shares[bytes[next++]];
            at = next;
        }
        (_left, _last) = (left, last);
        stream.Skip(at);
    }

    private int ReadNear(ByteStream stream, Span<int> units, Span<byte> impacts)
    {
        var bytes = stream.Peek();
        int at = 0, done = 0;
        for (; done < units.Length && at + MaxPostingBytes <= bytes.Length; done++)
        {
            uint gap = bytes[at++];
            if (gap >= 0x80) gap = Far(bytes, ref at, gap & 0x7F);
            units[done] = Next(gap);
            impacts[done] = bytes[at++];
        }
        stream.Skip(at);
        return done;
    }

    private static uint Far(ReadOnlySpan<byte> bytes, ref int at, uint gap)
    {
        for (var shift = 7; shift <= 28; shift += 7)
        {
            uint value = bytes[at++];
            gap |= (value & 0x7F) << shift;
            if (value < 0x80) return gap;
        }
        throw Damaged();
    }

    private int Next(uint gap)
    {
        var next = _last + 1 + gap;
        if (next >= _units) throw Damaged();
        _last = next;
        return (int)next;
    }

    private static IndexDamagedException Damaged() => new("a posting list makes no sense");
}
