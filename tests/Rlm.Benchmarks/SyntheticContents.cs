using System.Text;
using Rlm.Context.Index;

namespace Rlm.Benchmarks;

/// <summary>
/// Stands in for outlining where only the engine is measured: units of some lines, their words (whole and by humps, folded) as terms, the first word before a parenthesis
/// in each as a symbol, and an outline of about the size that a real one has.
/// </summary>
internal sealed class SyntheticContents
{
    private const int LinesPerUnit = 19, OutlineBytesPerUnit = 40;

    private readonly Dictionary<ulong, int> _counts = [];
    private readonly List<UnitPosting> _postings = [];
    private readonly List<string> _names = [];

    /// <summary>The content of a text.</summary>
    public OutlinedContent Of(UInt128 key, ReadOnlySpan<byte> utf8)
    {
        _postings.Clear();
        _names.Clear();
        var (unit, lines, isNamed) = (0, 0, false);
        for (var at = 0; at < utf8.Length;)
        {
            var start = at;
            while (at < utf8.Length && IsWord(utf8[at])) at++;
            if (at > start + 1) AddWord(utf8[start..at]);
            if (at == utf8.Length) break;
            if (!isNamed && utf8[at] == '(' && at > start + 3) (isNamed, _) = (true, AddName(utf8[start..at]));
            if (utf8[at++] == '\n' && ++lines % LinesPerUnit == 0)
            {
                EndUnit(unit++);
                isNamed = false;
            }
        }
        if (_counts.Count > 0) EndUnit(unit++);
        return new() { Key = key, Outline = utf8[..Math.Min(utf8.Length, unit * OutlineBytesPerUnit)].ToArray(), Names = [.. _names], UnitCount = unit, Postings = _postings.ToArray() };
    }

    /// <summary>The term of a word.</summary>
    public static ulong TermOf(ReadOnlySpan<byte> word)
    {
        var hash = 14695981039346656037UL;
        foreach (var one in word) hash = (hash ^ (uint)(one | 0x20)) * 1099511628211UL;
        return hash;
    }

    private static bool IsWord(byte value) => char.IsAsciiLetterOrDigit((char)value) || value == '_' || value >= 0x80;

    private int AddName(ReadOnlySpan<byte> word)
    {
        _names.Add(Encoding.UTF8.GetString(word));
        return _names.Count;
    }

    private void AddWord(ReadOnlySpan<byte> word)
    {
        Count(TermOf(word));
        var start = 0;
        for (var at = 1; at < word.Length; at++)
            if (char.IsAsciiLetterUpper((char)word[at]) && !char.IsAsciiLetterUpper((char)word[at - 1]))
            {
                Count(TermOf(word[start..at]));
                start = at;
            }
        if (start > 0) Count(TermOf(word[start..]));
    }

    private void Count(ulong term) => System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, term, out _)++;

    private void EndUnit(int unit)
    {
        foreach (var (term, count) in _counts) _postings.Add(new(term, unit, (byte)(255 * count / (count + 2))));
        _counts.Clear();
    }
}
