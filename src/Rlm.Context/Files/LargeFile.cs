using Microsoft.Win32.SafeHandles;

namespace Rlm.Context.Files;

/// <summary>Positioned reads of an open file, bounded by the length that it had when it was opened: what is appended later belongs to a later version.</summary>
internal sealed class LargeFile
{
    private readonly SafeFileHandle _handle;
    private readonly long _end;

    public LargeFile(SafeFileHandle handle, long length)
    {
        (_handle, _end) = (handle, length);
        Span<byte> mark = stackalloc byte[3];
        var read = RandomAccess.Read(handle, mark[..(int)Math.Min(3, length)], 0);
        Units = new(FileText.EncodingOf(mark[..read], out var markBytes));
        Start = markBytes;
    }

    /// <summary>Offset of the first byte behind the mark.</summary>
    public long Start { get; }

    /// <summary>How its bytes make lines and characters.</summary>
    public TextUnits Units { get; }

    /// <summary>Fills the buffer unless the file ends; whole units except at the very end. 0 at the end.</summary>
    public int Read(Span<byte> buffer, long offset)
    {
        buffer = buffer[..(int)Math.Clamp(_end - offset, 0, buffer.Length)];
        var filled = 0;
        for (int read; filled < buffer.Length && (read = RandomAccess.Read(_handle, buffer[filled..], offset + filled)) > 0;) filled += read;
        return filled;
    }
}
