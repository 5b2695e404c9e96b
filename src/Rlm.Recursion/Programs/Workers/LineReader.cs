namespace Rlm.Recursion.Programs.Workers;

/// <summary>Lines of bytes, none longer than a limit.</summary>
internal sealed class LineReader(Stream stream, int limit)
{
    private byte[] _buffer = new byte[64 << 10];
    private int _from, _to;

    /// <summary>The next line without its end, valid until the next call; null at the end of input, where a begun line is dropped.</summary>
    /// <exception cref="WorkerFaultException"><c>protocol</c>: it is too long.</exception>
    /// <exception cref="IOException">The pipe broke.</exception>
    public ReadOnlyMemory<byte>? Next()
    {
        var looked = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_from + looked, _to - _from - looked).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = _buffer.AsMemory(_from, looked + end);
                _from += looked + end + 1;
                return line;
            }
            looked = _to - _from;
            if (looked > limit) throw new WorkerFaultException("protocol", $"the worker wrote a line of more than {limit:N0} bytes");
            MakeRoom();
            var read = stream.Read(_buffer, _to, _buffer.Length - _to);
            if (read == 0) return null;
            _to += read;
        }
    }

    private void MakeRoom()
    {
        if (_to < _buffer.Length) return;
        var length = _to - _from;
        // One large line does not make every later worker large: the buffer lives as long as its worker only.
        var target = length > _buffer.Length / 2 ? new byte[Math.Min((long)_buffer.Length * 2, (long)limit + (64 << 10))] : _buffer;
        Buffer.BlockCopy(_buffer, _from, target, 0, length);
        (_buffer, _from, _to) = (target, 0, length);
    }
}
