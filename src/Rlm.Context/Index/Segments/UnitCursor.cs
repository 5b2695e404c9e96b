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

    public void Dispose()
    {
        if (_owns) _stream?.Dispose();
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
