namespace Rlm.Context.Outlines.Providers;

/// <summary>Takes one line of a program's output, without its line end. The bytes are gone after the call.</summary>
internal delegate void OutputLine(ReadOnlySpan<byte> line);

/// <summary>Reads a stream line by line; memory for one line at a time.</summary>
internal sealed class OutputLines(Stream stream, long mostBytes)
{
    private byte[] _buffer = new byte[64 << 10];

    /// <summary>Hands over every line; a last one without an end as well.</summary>
    /// <exception cref="ProviderFaultException">A line, or all of it, is too long.</exception>
    public void Read(OutputLine line)
    {
        long total = 0;
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length) Grow();
            var read = stream.Read(_buffer, length, _buffer.Length - length);
            if (read == 0) break;
            if ((total += read) > mostBytes) throw new ProviderFaultException("too much output");
            var searched = length;
            length += read;
            length = HandOver(line, searched, length);
        }
        if (length > 0) line(_buffer.AsSpan(0, length));
    }

    // Gives the length of what is left of an unfinished line, moved to the front.
    private int HandOver(OutputLine line, int searched, int length)
    {
        var start = 0;
        while (_buffer.AsSpan(searched, length - searched).IndexOf((byte)'\n') is >= 0 and var at)
        {
            line(_buffer.AsSpan(start, searched + at - start));
            start = searched = searched + at + 1;
        }
        if (start > 0) _buffer.AsSpan(start, length - start).CopyTo(_buffer);
        return length - start;
    }

    private void Grow()
    {
        if (_buffer.Length >= ProviderLimits.LineBytes) throw new ProviderFaultException("too much output");
        Array.Resize(ref _buffer, _buffer.Length * 4);
    }
}
