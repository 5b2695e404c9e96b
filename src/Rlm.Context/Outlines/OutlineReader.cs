using System.Collections.Immutable;
using System.Text;
using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Search.Ranking;

namespace Rlm.Context.Outlines;

/// <summary>
/// Reads the form of <see cref="OutlineWriter"/>. Believes nothing: every length is compared with what is left, every number with what it may be. What is allocated is
/// bounded by the plain form: at most about 200 bytes for each of its bytes, and 8 KB for each symbol's path.
/// </summary>
internal ref struct OutlineReader(ReadOnlySpan<byte> plain)
{
    private const int LeastSymbolBytes = 9, LeastUnitBytes = 2, LeastRunBytes = 3;

    private ReadOnlySpan<byte> _left = plain;
    private int _line;

    /// <summary>The outline and its units.</summary>
    /// <exception cref="IndexDamagedException">This is no such form.</exception>
    public ContentOutline Read()
    {
        var provider = Text();
        var partial = Text();
        var hasPartial = Number() == 1;
        var symbols = Symbols();
        var places = symbols.Length;
        var outline = new Outline(provider, Tree(symbols), hasPartial ? partial : null);
        var units = new UnitMap(Units(places), Runs(out var highest));
        if (highest >= units.Units.Length || !_left.IsEmpty) throw Damaged();
        return new(outline, units);
    }

    private struct Draft
    {
        public Symbol Symbol;
        public int Children;
    }

    // In the outline's order, without their children. The first draft stands for the outline.
    private Draft[] Symbols()
    {
        var drafts = new Draft[Count(LeastSymbolBytes)];
        _roots = Number();
        var open = new Stack<(string Path, int Left)>();
        var around = (Path: "", Left: _roots);
        for (var at = 0; at < drafts.Length; at++)
        {
            while (around.Left == 0)
                if (!open.TryPop(out around)) throw Damaged();
            around.Left--;
            drafts[at] = Symbol(around.Path);
            if (drafts[at].Children == 0) continue;
            open.Push(around);
            around = (drafts[at].Symbol.Path, drafts[at].Children);
        }
        if (around.Left != 0 || open.Any(level => level.Left != 0)) throw Damaged();
        return drafts;
    }

    private int _roots;

    private Draft Symbol(string parent)
    {
        var flags = Number();
        var kind = (flags & OutlineWriter.HasKindNumber) == 0 ? Text() : OutlineKinds.KindOf(Number()) ?? throw Damaged();
        var children = Count(LeastSymbolBytes);
        var start = _line = Line(_line);
        var (end, nameLine, docStart) = (Line(start), Line(start), Line(start));
        var name = Text();
        return new()
        {
            Children = children,
            Symbol = new Symbol
            {
                Name = name,
                Kind = kind,
                Path = (flags & OutlineWriter.HasPlainPath) == 0 ? SharedPath(parent) : parent.Length == 0 ? name : parent.Length <= OutlineWriter.MaxShared ? string.Concat(parent, ".", name) : throw Damaged(),
                Range = new(start, end),
                NameLine = nameLine,
                DocStart = docStart,
                Signature = Text(),
                Doc = Text(),
                Conditional = (flags & OutlineWriter.IsConditional) != 0,
            },
        };
    }

    private string SharedPath(string parent)
    {
        var shared = Number();
        if (shared > parent.Length || shared > OutlineWriter.MaxShared) throw Damaged();
        return string.Concat(parent.AsSpan(0, shared), Text());
    }

    // From the last to the first: whatever a symbol holds is made before it.
    private readonly ImmutableArray<Symbol> Tree(Draft[] drafts)
    {
        var made = new Stack<Symbol>();
        for (var at = drafts.Length - 1; at >= 0; at--)
            made.Push(drafts[at].Children == 0 ? drafts[at].Symbol : drafts[at].Symbol with { Children = Take(made, drafts[at].Children) });
        return Take(made, _roots);
    }

    private static ImmutableArray<Symbol> Take(Stack<Symbol> made, int count)
    {
        if (count > made.Count) throw Damaged();
        var taken = ImmutableArray.CreateBuilder<Symbol>(count);
        while (taken.Count < count) taken.Add(made.Pop());
        return taken.MoveToImmutable();
    }

    private ImmutableArray<StructuralUnit> Units(int places)
    {
        var count = Count(LeastUnitBytes);
        var units = ImmutableArray.CreateBuilder<StructuralUnit>(count);
        for (var place = 0; units.Count < count;)
        {
            place = Near(place);
            if (place < -1 || place >= places) throw Damaged();
            units.Add(new(place, Number() == 1));
        }
        return units.MoveToImmutable();
    }

    private ImmutableArray<UnitRun> Runs(out int highest)
    {
        var count = Count(LeastRunBytes);
        var runs = ImmutableArray.CreateBuilder<UnitRun>(count);
        highest = -1;
        for (var (line, unit) = (0, 0); runs.Count < count;)
        {
            var start = Line(line);
            (line, unit) = (Line(start), Near(unit));
            if (unit < 0) throw Damaged();
            highest = Math.Max(highest, unit);
            runs.Add(new(new(start, line), unit));
        }
        return runs.MoveToImmutable();
    }

    // How many things follow, each of which takes some bytes.
    private int Count(int leastBytes) => Number() is var count && count >= 0 && count <= _left.Length / leastBytes ? count : throw Damaged();

    private int Line(int from) => Near(from) is var line and >= 0 ? line : throw Damaged();

    private int Near(int from)
    {
        var zigzag = (uint)Number();
        return unchecked(from + ((int)(zigzag >> 1) ^ -(int)(zigzag & 1)));
    }

    private int Number()
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

    private string Text()
    {
        var head = (uint)Number();
        var (length, isWide) = ((int)(head >> 1), (head & 1) == 1);
        var bytes = (long)length * (isWide ? 2 : 1);
        if (bytes > _left.Length) throw Damaged();
        var taken = _left[..(int)bytes];
        _left = _left[(int)bytes..];
        return length == 0 ? "" : isWide ? Wide(taken) : Encoding.Latin1.GetString(taken);
    }

    private static string Wide(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length / 2);
        for (var at = 0; at < bytes.Length; at += 2) text.Append((char)(bytes[at] | (bytes[at + 1] << 8)));
        return text.ToString();
    }

    private static IndexDamagedException Damaged() => new("an outline cannot be read");
}
