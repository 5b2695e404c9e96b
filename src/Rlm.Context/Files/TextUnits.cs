using System.Runtime.InteropServices;

namespace Rlm.Context.Files;

/// <summary>Line ends in the bytes of one encoding; spans begin on a whole unit, and a last odd byte of UTF-16 is no unit.</summary>
internal readonly record struct TextUnits(FileEncoding Encoding)
{
    /// <summary>Bytes of a unit: 2 for UTF-16.</summary>
    public int Width => IsUtf16 ? 2 : 1;

    /// <summary>A decoder for the bytes behind the mark.</summary>
    public System.Text.Encoding Decoding => Encoding switch
    {
        FileEncoding.Utf16Le => System.Text.Encoding.Unicode,
        FileEncoding.Utf16Be => System.Text.Encoding.BigEndianUnicode,
        _ => System.Text.Encoding.UTF8,
    };

    /// <summary>True for the two UTF-16 encodings.</summary>
    public bool IsUtf16 => Encoding is FileEncoding.Utf16Le or FileEncoding.Utf16Be;

    private ushort Newline => Encoding == FileEncoding.Utf16Le == BitConverter.IsLittleEndian ? (ushort)'\n' : (ushort)('\n' << 8);

    /// <summary>How many LF there are; vectorised.</summary>
    public int CountNewlines(ReadOnlySpan<byte> bytes) =>
        IsUtf16 ? MemoryMarshal.Cast<byte, ushort>(bytes).Count(Newline) : bytes.Count((byte)'\n');

    /// <summary>Byte offset just behind the first LF; 0 when there is none.</summary>
    public int AfterNewline(ReadOnlySpan<byte> bytes) =>
        IsUtf16 ? (MemoryMarshal.Cast<byte, ushort>(bytes).IndexOf(Newline) + 1) * 2 : bytes.IndexOf((byte)'\n') + 1;
}
