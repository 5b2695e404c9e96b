using System.Runtime.InteropServices;
using Rlm.Context.Files;
using Rlm.Context.History.Objects;

namespace Rlm.Context.History.Comparing;

/// <summary>A version of a file's text with a hash for each line, ready to be compared.</summary>
internal sealed class TextVersion
{
    private const string PointerStart = "version https://git-lfs.github.com/spec/v1";

    private const int MaxIndent = 200;

    private ulong[]? _hashes;
    private int[]? _indents;

    private TextVersion(FileText text, bool isBinary) => (Text, IsBinary) = (text, isBinary);

    /// <summary>No lines.</summary>
    public static TextVersion Empty { get; } = new(FileText.Of(""), isBinary: false);

    public FileText Text { get; }

    /// <summary>Whether its first bytes are those of a binary: then it has no lines to speak of.</summary>
    public bool IsBinary { get; }

    /// <summary>Whether it only points at a large file that is kept elsewhere (git-lfs); shown as it is.</summary>
    public bool IsPointer => Text.Text.StartsWith(PointerStart, StringComparison.Ordinal) && Text.Text.Length < 1024;

    /// <summary>A hash for each line with its terminator.</summary>
    public ulong[] Hashes => _hashes ??= Hash(Text.Lines);

    /// <summary>The indentation of each line in columns, tabs to the next multiple of eight, at most 200; -1 for a blank line.</summary>
    public int[] Indents => _indents ??= [.. Enumerable.Range(1, Text.Lines.Count).Select(line => Indent(Text.Lines.Line(line)))];

    public static TextVersion Of(byte[] bytes) => new(FileText.Decode(bytes), TextSniffer.IsBinary(bytes));

    public static TextVersion Of(FileText text) => new(text, isBinary: false);

    /// <summary>The text of an object; null when it is not there or too large to compare.</summary>
    public static TextVersion? Of(GitObjects objects, GitId blob) => objects.Blob(blob) is { } bytes ? Of(bytes) : null;

    private static ulong[] Hash(LineMap lines)
    {
        var hashes = new ulong[lines.Count];
        for (var line = 1; line <= hashes.Length; line++) hashes[line - 1] = Hash(lines.Lines(new(line, line)));
        return hashes;
    }

    private static int Indent(ReadOnlySpan<char> line)
    {
        var columns = 0;
        foreach (var letter in line)
        {
            if (letter == ' ') columns++;
            else if (letter == '\t') columns += 8 - (columns % 8);
            else if (!char.IsWhiteSpace(letter)) return Math.Min(columns, MaxIndent);
            if (columns >= MaxIndent) return MaxIndent;
        }
        return -1;
    }

    // Two multiplications for each eight bytes; equal lines are what counts, not who makes them unequal.
    private static ulong Hash(ReadOnlySpan<char> line)
    {
        var bytes = MemoryMarshal.AsBytes(line);
        var hash = 0x9E3779B97F4A7C15UL ^ (ulong)bytes.Length;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes)) hash = Mix(hash ^ word);
        foreach (var rest in bytes[(bytes.Length & ~7)..]) hash = Mix(hash ^ rest);
        return hash;
    }

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, 0xD6E8FEB86659FD93UL, out var low);
        return high ^ low;
    }
}
