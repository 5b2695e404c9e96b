namespace Rlm.Context.Index.Segments;

/// <summary>Goes through one posting list.</summary>
internal ref struct PostingCursor
{
    private readonly CheckedReader _reader;
    private readonly long _end;
    private readonly int _documents, _single;
    private ReadOnlySpan<byte> _block;
    private long _nextBlock;
    private int _at, _left, _last;

    /// <summary>Before the first document.</summary>
    /// <param name="reader">Where the list is.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="end">Where all lists end.</param>
    /// <param name="count">How many documents it has.</param>
    /// <param name="documents">All documents are below this.</param>
    /// <param name="single">The only document of a list that is not stored; else negative.</param>
    public PostingCursor(CheckedReader reader, long start, long end, int count, int documents, int single)
    {
        (_reader, _end, _left, _documents, _single, _last) = (reader, end, count, documents, single, -1);
        _nextBlock = start - (start % CheckedWriter.BlockBytes);
        _at = (int)(start % CheckedWriter.BlockBytes);
        if (single < 0) NextBlock();
    }

    /// <summary>The next document, ascending; -1 at the end.</summary>
    public int Next()
    {
        if (_left == 0) return -1;
        _left--;
        if (_single >= 0) return _single;
        // Nearly all distances are one byte.
        if ((uint)_at < (uint)_block.Length && _block[_at] is < 0x80 and var near && _last + 1 + near is var close && close < _documents)
        {
            _at++;
            return _last = close;
        }
        return Far();
    }

    private int Far()
    {
        uint gap = 0;
        for (var shift = 0; ; shift += 7)
        {
            if (_at == CheckedWriter.BlockBytes) (_at, _) = (0, NextBlock());
            uint value = _block[_at++];
            gap |= (value & 0x7F) << shift;
            if (value < 0x80) break;
            if (shift == 28) throw new IndexDamagedException("a posting list makes no sense");
        }
        var next = _last + 1L + gap;
        if (next >= _documents) throw new IndexDamagedException("a posting list leads outside");
        return _last = (int)next;
    }

    private bool NextBlock()
    {
        if (_nextBlock >= _end) throw new IndexDamagedException("a posting list leads outside");
        _block = _reader.BlockAt(_nextBlock);
        _nextBlock += CheckedWriter.BlockBytes;
        return true;
    }
}
