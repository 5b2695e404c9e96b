using System.Text;
using Rlm.Context.Index;

namespace Rlm.Context.Outlines;

/// <summary>Takes numbers and texts, as <see cref="OutlineWriter"/> writes them, from the front of bytes. Every length is compared with what is left.</summary>
internal ref struct OutlineBytes(ReadOnlySpan<byte> bytes)
{
    private readonly int _length = bytes.Length;
    private ReadOnlySpan<byte> _left = bytes;

    /// <summary>Nothing is left.</summary>
    public readonly bool IsEmpty => _left.IsEmpty;

    /// <summary>How many bytes were taken.</summary>
    public readonly int Taken => _length - _left.Length;

    /// <summary>How many things follow, each of which takes some bytes at least.</summary>
    public int Count(int leastBytes) => Number() is var count && count >= 0 && count <= _left.Length / leastBytes ? count : throw Damaged();

    /// <summary>A line, or another number that is not negative, as a distance.</summary>
    public int Line(int from) => Near(from) is var line and >= 0 ? line : throw Damaged();

    /// <summary>A number as a distance from another.</summary>
    public int Near(int from)
    {
        var zigzag = (uint)Number();
        return unchecked(from + ((int)(zigzag >> 1) ^ -(int)(zigzag & 1)));
    }

    /// <summary>A number.</summary>
    public int Number()
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (_left.IsEmpty) throw Damaged();
            var next = _left[0];
            _left = _left[1..];
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80) return (int)value;
        }
        throw Damaged();
    }

    /// <summary>A text.</summary>
    public string Text()
    {
        var taken = TextBytes(out var isWide);
        return taken.IsEmpty ? "" : isWide ? Wide(taken) : Encoding.Latin1.GetString(taken);
    }

    /// <summary>Passes over a text.</summary>
    public void SkipText() => TextBytes(out _);

    private ReadOnlySpan<byte> TextBytes(out bool isWide)
    {
        var head = (uint)Number();
        isWide = (head & 1) == 1;
        var bytes = (long)(head >> 1) * (isWide ? 2 : 1);
        if (bytes > _left.Length) throw Damaged();
        var taken = _left[..(int)bytes];
        _left = _left[(int)bytes..];
        return taken;
    }

    private static string Wide(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length / 2);
        for (var at = 0; at < bytes.Length; at += 2) text.Append((char)(bytes[at] | (bytes[at + 1] << 8)));
        return text.ToString();
    }

    /// <summary>The fault of a form that is none.</summary>
    public static IndexDamagedException Damaged() => new("an outline cannot be read");
}
