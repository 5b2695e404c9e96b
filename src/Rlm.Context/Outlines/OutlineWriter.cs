using System.Buffers;

namespace Rlm.Context.Outlines;

/// <summary>
/// The plain form of outlines and units: the symbols in the outline's order, each with its number of children; numbers as LEB128, lines as distances; texts with a length,
/// one byte for each character where all of them have one. A path is what it adds to its parent's.
/// </summary>
internal sealed class OutlineWriter
{
    /// <summary>Bits of a symbol's flags.</summary>
    public const int IsConditional = 1, HasPlainPath = 2, HasKindNumber = 4;

    /// <summary>So much of a parent's path, at most, is shared.</summary>
    public const int MaxShared = 4096;

    private readonly ArrayBufferWriter<byte> _output = new(4096);
    private int _line;

    private OutlineWriter()
    {
    }

    /// <summary>Writes one.</summary>
    public static ReadOnlySpan<byte> Write(ContentOutline content)
    {
        var writer = new OutlineWriter();
        writer.Text(content.Outline.Provider);
        writer.Text(content.Outline.Partial ?? "");
        writer.Number(content.Outline.Partial is null ? 0 : 1);
        writer.Number(content.Outline.All.Count());
        writer.Number(content.Outline.Symbols.Length);
        var ahead = new Stack<(Symbol Symbol, string Parent)>();
        for (var at = content.Outline.Symbols.Length - 1; at >= 0; at--) ahead.Push((content.Outline.Symbols[at], ""));
        while (ahead.TryPop(out var next))
        {
            writer.Symbol(next.Symbol, next.Parent);
            for (var at = next.Symbol.Children.Length - 1; at >= 0; at--) ahead.Push((next.Symbol.Children[at], next.Symbol.Path));
        }
        writer.Units(content);
        return writer._output.WrittenSpan;
    }

    private void Symbol(Symbol symbol, string parent)
    {
        var kind = OutlineKinds.NumberOf(symbol.Kind);
        var isPlain = symbol.Path.Length == symbol.Name.Length + (parent.Length == 0 ? 0 : parent.Length + 1) && parent.Length <= MaxShared
            && symbol.Path.StartsWith(parent, StringComparison.Ordinal) && symbol.Path.EndsWith(symbol.Name, StringComparison.Ordinal) && (parent.Length == 0 || symbol.Path[parent.Length] == '.');
        Number((symbol.Conditional ? IsConditional : 0) | (isPlain ? HasPlainPath : 0) | (kind > 0 ? HasKindNumber : 0));
        if (kind > 0) Number(kind);
        else Text(symbol.Kind);
        Number(symbol.Children.Length);
        Distance(_line, symbol.Range.Start);
        _line = symbol.Range.Start;
        Distance(_line, symbol.Range.End);
        Distance(_line, symbol.NameLine);
        Distance(_line, symbol.DocStart);
        Text(symbol.Name);
        if (!isPlain)
        {
            var shared = Math.Min(symbol.Path.AsSpan().CommonPrefixLength(parent), MaxShared);
            Number(shared);
            Text(symbol.Path.AsSpan(shared));
        }
        Text(symbol.Signature);
        Text(symbol.Doc);
    }

    private void Units(ContentOutline content)
    {
        Number(content.Units.Units.Length);
        var place = 0;
        foreach (var unit in content.Units.Units)
        {
            Distance(place, unit.Symbol);
            place = unit.Symbol;
            Number(unit.IsWindow ? 1 : 0);
        }
        Number(content.Units.Runs.Length);
        var (line, number) = (0, 0);
        foreach (var run in content.Units.Runs)
        {
            Distance(line, run.Lines.Start);
            Distance(run.Lines.Start, run.Lines.End);
            Distance(number, run.Unit);
            (line, number) = (run.Lines.End, run.Unit);
        }
    }

    private void Number(int value)
    {
        var rest = (uint)value;
        var span = _output.GetSpan(5);
        var length = 0;
        for (; rest > 127; rest >>= 7) span[length++] = (byte)(rest | 0x80);
        span[length++] = (byte)rest;
        _output.Advance(length);
    }

    // Zigzag: small either way.
    private void Distance(int from, int to)
    {
        var distance = to - from;
        Number((distance << 1) ^ (distance >> 31));
    }

    // Half a surrogate pair must come back as it was, so not UTF-8.
    private void Text(ReadOnlySpan<char> text)
    {
        var isNarrow = !text.ContainsAnyExceptInRange('\0', '\u00ff');
        Number((text.Length << 1) | (isNarrow ? 0 : 1));
        if (isNarrow)
        {
            var span = _output.GetSpan(Math.Max(1, text.Length));
            for (var at = 0; at < text.Length; at++) span[at] = (byte)text[at];
            _output.Advance(text.Length);
        }
        else foreach (var unit in text) _output.Write([(byte)unit, (byte)(unit >> 8)]);
    }
}
