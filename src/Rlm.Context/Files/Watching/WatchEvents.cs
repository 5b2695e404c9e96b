using System.Buffers.Binary;

namespace Rlm.Context.Files.Watching;

/// <summary>What one read of the queue gave, event by event.</summary>
internal ref struct WatchEvents(ReadOnlySpan<byte> events)
{
    // struct inotify_event: watch 4, mask 4, cookie 4, length of name 4, name padded with NULs.
    private const int MaskAt = 4, LengthAt = 12, NameAt = 16;

    private ReadOnlySpan<byte> _rest = events;

    /// <summary>The number of the watch; -1 for the queue itself.</summary>
    public int Watch { get; private set; }

    /// <summary>What happened, bits of <see cref="WatchCalls"/>.</summary>
    public uint Mask { get; private set; }

    /// <summary>The entry of the folder that it happened to; empty for the folder itself.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Goes to the next event.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty) return false;
        Watch = BinaryPrimitives.ReadInt32LittleEndian(_rest);
        Mask = BinaryPrimitives.ReadUInt32LittleEndian(_rest[MaskAt..]);
        var length = BinaryPrimitives.ReadInt32LittleEndian(_rest[LengthAt..]);
        Name = _rest.Slice(NameAt, length).TrimEnd((byte)0);
        _rest = _rest[(NameAt + length)..];
        return true;
    }
}
