using System.Text;

namespace Rlm.Context.Files;

/// <summary>How a file's bytes were decoded.</summary>
public enum FileEncoding
{
    /// <summary>UTF-8, valid throughout (a leading mark is dropped).</summary>
    Utf8,
    /// <summary>UTF-8 with invalid bytes, each shown as U+FFFD; answers flag it.</summary>
    Utf8Invalid,
    /// <summary>UTF-16, little endian, by its mark.</summary>
    Utf16Le,
    /// <summary>UTF-16, big endian, by its mark.</summary>
    Utf16Be,
}

/// <summary>One version of a file's text: decoded, with its line map and hash. Never changes.</summary>
public sealed class FileText
{
    private LineMap? _lines;
    private string? _hash;

    private FileText(string text, FileEncoding encoding, bool hasInvalid) => (Text, Encoding, HasInvalid) = (text, encoding, hasInvalid);

    /// <summary>The decoded text, without a byte order mark.</summary>
    public string Text { get; }

    /// <summary>How it was decoded.</summary>
    public FileEncoding Encoding { get; }

    /// <summary>True when bytes were no text in the encoding (for UTF-16: half a pair, an odd last byte); each is shown as U+FFFD.</summary>
    public bool HasInvalid { get; }

    /// <summary>Line starts, made on first use.</summary>
    public LineMap Lines => _lines ??= new LineMap(Text);

    /// <summary>Eight hex digits over the whole text, made on first use.</summary>
    public string Hash => _hash ??= ContentHash.Of(Text.AsSpan());

    /// <summary>A text that is already decoded.</summary>
    public static FileText Of(string text) => new(text, FileEncoding.Utf8, hasInvalid: false);

    /// <summary>Decodes a whole file: by its byte order mark, else as UTF-8 with invalid bytes replaced and flagged.</summary>
    public static FileText Decode(ReadOnlySpan<byte> bytes)
    {
        var encoding = EncodingOf(bytes, out var mark);
        bytes = bytes[mark..];
        if (encoding is FileEncoding.Utf16Le or FileEncoding.Utf16Be) return DecodeUtf16(bytes, encoding);
        var isValid = System.Text.Unicode.Utf8.IsValid(bytes);
        return new(System.Text.Encoding.UTF8.GetString(bytes), isValid ? FileEncoding.Utf8 : FileEncoding.Utf8Invalid, !isValid);
    }

    /// <summary>The encoding that a file's first bytes announce, and the length of the mark; UTF-8 without one.</summary>
    internal static FileEncoding EncodingOf(ReadOnlySpan<byte> bytes, out int markBytes)
    {
        markBytes = 2;
        if (bytes is [0xFF, 0xFE, ..]) return FileEncoding.Utf16Le;
        if (bytes is [0xFE, 0xFF, ..]) return FileEncoding.Utf16Be;
        markBytes = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        return FileEncoding.Utf8;
    }

    private static FileText DecodeUtf16(ReadOnlySpan<byte> bytes, FileEncoding encoding)
    {
        var decoder = encoding == FileEncoding.Utf16Le ? System.Text.Encoding.Unicode : System.Text.Encoding.BigEndianUnicode;
        var text = decoder.GetString(bytes);
        // Encoding what was decoded gives the same bytes, unless something was replaced.
        return new(text, encoding, decoder.GetByteCount(text) != bytes.Length || !decoder.GetBytes(text).AsSpan().SequenceEqual(bytes));
    }
}
