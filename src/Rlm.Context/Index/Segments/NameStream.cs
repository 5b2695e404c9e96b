namespace Rlm.Context.Index.Segments;

/// <summary>
/// Goes through names in order. Stored for each: the length of the name, the name, how many symbols have it, the length of their list, and the list: the first symbol, then each
/// distance less one. All numbers to the base 128. For one thread.
/// </summary>
internal sealed class NameStream : IDisposable
{
    private readonly ByteStream _stream;
    private readonly int _symbols;
    private byte[] _name = new byte[64];
    private int _left, _length;
    private long _next;

    /// <summary>Before the first name.</summary>
    /// <param name="stream">Begins at the name; taken over.</param>
    /// <param name="names">How many names come.</param>
    /// <param name="symbols">All symbols are below this.</param>
    public NameStream(ByteStream stream, int names, int symbols) => (_stream, _left, _symbols, _next) = (stream, names, symbols, stream.Position);

    /// <summary>The name in UTF-8, good until the next move.</summary>
    public ReadOnlySpan<byte> Name => _name.AsSpan(0, _length);

    /// <summary>How many symbols have it.</summary>
    public int Count { get; private set; }

    /// <summary>Goes to the next name; false at the end.</summary>
    public bool MoveNext()
    {
        if (_left == 0) return false;
        _left--;
        _stream.Skip(_next - _stream.Position);
        var length = _stream.ReadNumber();
        if (length > _stream.Left) throw Damaged();
        if (length > _name.Length) _name = new byte[length];
        _length = (int)length;
        _stream.Read(_name.AsSpan(0, _length));
        var (count, bytes) = (_stream.ReadNumber(), _stream.ReadNumber());
        if (count == 0 || count > (uint)_symbols || count > bytes || bytes > _stream.Left) throw Damaged();
        (Count, _next) = ((int)count, _stream.Position + bytes);
        return true;
    }

    /// <summary>The symbols that have the name, ascending. To be called once at most for a name.</summary>
    public int[] ReadSymbols()
    {
        var symbols = new int[Count];
        var last = -1L;
        for (var index = 0; index < symbols.Length; index++)
        {
            last += 1L + _stream.ReadNumber();
            if (last >= _symbols) throw Damaged();
            symbols[index] = (int)last;
        }
        return _stream.Position == _next ? symbols : throw Damaged();
    }

    /// <summary>The bytes of a list, in a buffer that is exchanged when it is too small.</summary>
    public static ReadOnlySpan<byte> Encode(ReadOnlySpan<int> symbols, ref byte[] buffer)
    {
        const int maxBytes = 5;
        if (buffer.Length < (long)symbols.Length * maxBytes) buffer = new byte[symbols.Length * maxBytes];
        int at = 0, last = -1;
        foreach (var symbol in symbols)
        {
            var gap = (uint)(symbol - last - 1);
            for (; gap >= 0x80; gap >>= 7) buffer[at++] = (byte)(gap | 0x80);
            buffer[at++] = (byte)gap;
            last = symbol;
        }
        return buffer.AsSpan(0, at);
    }

    public void Dispose() => _stream.Dispose();

    private static IndexDamagedException Damaged() => new("a name makes no sense");
}
