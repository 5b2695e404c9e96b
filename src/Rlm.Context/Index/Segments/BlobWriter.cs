using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index.Segments;

/// <summary>Writes blobs one behind the other, at the beginning of a segment's file.</summary>
internal sealed class BlobWriter(IIndexOutput output)
{
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 << 10);
    private long _written;
    private int _filled;

    /// <summary>Where the next blob goes.</summary>
    public long Position => _written + _filled;

    /// <summary>Appends a blob.</summary>
    public Blob Add(ReadOnlySpan<byte> bytes)
    {
        var blob = new Blob(Position, bytes.Length, Checksum.Of(bytes));
        if (bytes.Length > _buffer.Length - _filled) Flush();
        if (bytes.Length > _buffer.Length)
        {
            output.Write(bytes);
            _written += bytes.Length;
            return blob;
        }
        bytes.CopyTo(_buffer.AsSpan(_filled));
        _filled += bytes.Length;
        return blob;
    }

    /// <summary>Appends a blob of another segment, piece by piece.</summary>
    /// <exception cref="IndexDamagedException">It is not as it was written.</exception>
    public Blob Copy(BlobReader source, Blob blob)
    {
        if (blob.Length < 0) return Blob.None;
        var copy = blob with { Start = Position };
        var running = Checksum.Start;
        for (var at = 0; at < blob.Length;)
        {
            if (_filled == _buffer.Length) Flush();
            var piece = _buffer.AsSpan(_filled, Math.Min(_buffer.Length - _filled, blob.Length - at));
            source.ReadPart(blob, at, piece);
            running = Checksum.Add(running, piece);
            _filled += piece.Length;
            at += piece.Length;
        }
        return ~running == blob.Checksum ? copy : throw BlobReader.Damaged();
    }

    /// <summary>Hands all bytes on to the file.</summary>
    public void Flush()
    {
        if (_filled > 0) output.Write(_buffer.AsSpan(0, _filled));
        _written += _filled;
        _filled = 0;
    }
}
