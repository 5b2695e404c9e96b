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

    private FileText(string text, FileEncoding encoding) => (Text, Encoding) = (text, encoding);

    /// <summary>The decoded text, without a byte order mark.</summary>
    public string Text { get; }

    /// <summary>How it was decoded.</summary>
    public FileEncoding Encoding { get; }

    /// <summary>Line starts, made on first use.</summary>
    public LineMap Lines => _lines ??= new LineMap(Text);

    /// <summary>Eight hex digits over the whole text, made on first use.</summary>
    public string Hash => _hash ??= ContentHash.Of(Text.AsSpan());

    /// <summary>A text that is already decoded.</summary>
    public static FileText Of(string text) => new(text, FileEncoding.Utf8);

    /// <summary>Decodes a whole file: by its byte order mark, else as UTF-8 with invalid bytes replaced and flagged.</summary>
    public static FileText Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        else if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return new(System.Text.Encoding.Unicode.GetString(bytes[2..]), FileEncoding.Utf16Le);
        else if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return new(System.Text.Encoding.BigEndianUnicode.GetString(bytes[2..]), FileEncoding.Utf16Be);
        var valid = System.Text.Unicode.Utf8.IsValid(bytes);
        return new(System.Text.Encoding.UTF8.GetString(bytes), valid ? FileEncoding.Utf8 : FileEncoding.Utf8Invalid);
    }
}
