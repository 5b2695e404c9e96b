using System.Collections.Immutable;
using Rlm.Context.Index;
using Rlm.Context.Search.Ranking;

namespace Rlm.Context.Outlines;

/// <summary>
/// A stored outline whose symbols are made when they are asked for: of a file of 20,000 symbols a ranked search wants two. Believes nothing of what it reads
/// (<see cref="OutlineWriter"/>): what is allocated is bounded by the plain form, at most 12 bytes for each of its bytes, and for a symbol its texts and 8 KB for its path.
/// </summary>
internal sealed class StoredSymbols : ISymbolTable
{
    private const int LeastSymbolBytes = 9;

    private readonly byte[] _plain;
    private readonly int _length;
    private readonly int[] _starts, _parents, _ends;

    // Where the symbol before begins, from which a symbol's own lines are counted.
    private readonly int[] _lines;

    /// <summary>Looks through the plain form once.</summary>
    /// <exception cref="IndexDamagedException">This is no such form.</exception>
    public StoredSymbols(byte[] plain, int length)
    {
        (_plain, _length) = (plain, length);
        var left = new OutlineBytes(plain.AsSpan(0, length));
        left.SkipText();
        left.SkipText();
        left.Number();
        var count = left.Count(LeastSymbolBytes);
        (_starts, _parents, _lines, _ends) = (new int[count], new int[count], new int[count + 1], new int[count]);
        var around = (Parent: -1, Left: left.Number());
        var open = new Stack<(int Parent, int Left)>();
        for (var place = 0; place < count; place++)
        {
            while (around.Left == 0)
                if (!open.TryPop(out around)) throw OutlineBytes.Damaged();
            around.Left--;
            (_starts[place], _parents[place]) = (left.Taken, around.Parent);
            _lines[place + 1] = Skip(ref left, _lines[place], out _ends[place], out var children);
            if (children == 0) continue;
            open.Push(around);
            around = (place, children);
        }
        if (around.Left != 0 || open.Any(level => level.Left != 0)) throw OutlineBytes.Damaged();
        Units = UnitReader.Read(ref left, count);
    }

    /// <summary>The structural units.</summary>
    public UnitMap Units { get; }

    /// <inheritdoc/>
    public int Count => _starts.Length;

    /// <summary>The symbol at a place, from 0, without its children.</summary>
    public Symbol this[int place]
    {
        get
        {
            var around = new Stack<int>();
            for (var at = place; at >= 0; at = _parents[at]) around.Push(at);
            Symbol? symbol = null;
            foreach (var at in around) symbol = Read(at, symbol?.Path ?? "");
            return symbol!;
        }
    }

    /// <inheritdoc/>
    public int ParentOf(int place) => _parents[place];

    /// <summary>Whether the symbol at a place holds others.</summary>
    public bool HasChildren(int place) => place + 1 < Count && _parents[place + 1] == place;

    /// <summary>As <see cref="Outline.Enclosing"/>, without children.</summary>
    public Symbol? Enclosing(int line)
    {
        var found = -1;
        for (var place = 0; place < Count; place++)
            if (_lines[place + 1] <= line && line <= _ends[place] && (found < 0 || (_lines[found + 1] <= _lines[place + 1] && _ends[place] <= _ends[found]))) found = place;
        return found < 0 ? null : this[found];
    }

    /// <summary>All of it.</summary>
    public Outline ToOutline()
    {
        var left = new OutlineBytes(_plain.AsSpan(0, _length));
        var (provider, partial, hasPartial) = (left.Text(), left.Text(), left.Number() == 1);
        var symbols = new Symbol[Count];
        var children = new int[Count];
        var roots = 0;
        for (var place = 0; place < symbols.Length; place++)
        {
            var parent = _parents[place];
            symbols[place] = Read(place, parent < 0 ? "" : symbols[parent].Path);
            if (parent < 0) roots++;
            else children[parent]++;
        }
        // From the last to the first: whatever a symbol holds is made before it.
        var made = new Stack<Symbol>();
        for (var place = symbols.Length - 1; place >= 0; place--)
            made.Push(children[place] == 0 ? symbols[place] : symbols[place] with { Children = Take(made, children[place]) });
        return new(provider, Take(made, roots), hasPartial ? partial : null);
    }

    private static ImmutableArray<Symbol> Take(Stack<Symbol> made, int count)
    {
        var taken = ImmutableArray.CreateBuilder<Symbol>(count);
        while (taken.Count < count) taken.Add(made.Pop());
        return taken.MoveToImmutable();
    }

    private Symbol Read(int place, string parent)
    {
        var left = new OutlineBytes(_plain.AsSpan(_starts[place], _length - _starts[place]));
        var flags = left.Number();
        var kind = (flags & OutlineWriter.HasKindNumber) == 0 ? left.Text() : OutlineKinds.KindOf(left.Number()) ?? throw OutlineBytes.Damaged();
        left.Number();
        var start = left.Line(_lines[place]);
        var (end, nameLine, docStart) = (left.Line(start), left.Line(start), left.Line(start));
        var name = left.Text();
        var path = (flags & OutlineWriter.HasPlainPath) == 0 ? SharedPath(ref left, parent) : PlainPath(parent, name);
        return new()
        {
            Name = name,
            Kind = kind,
            Path = path,
            Range = new(start, end),
            NameLine = nameLine,
            DocStart = docStart,
            Signature = left.Text(),
            Doc = left.Text(),
            Conditional = (flags & OutlineWriter.IsConditional) != 0,
        };
    }

    private static string PlainPath(string parent, string name) =>
        parent.Length == 0 ? name : parent.Length <= OutlineWriter.MaxShared ? string.Concat(parent, ".", name) : throw OutlineBytes.Damaged();

    private static string SharedPath(ref OutlineBytes left, string parent)
    {
        var shared = left.Number();
        if (shared < 0 || shared > parent.Length || shared > OutlineWriter.MaxShared) throw OutlineBytes.Damaged();
        return string.Concat(parent.AsSpan(0, shared), left.Text());
    }

    // As Read, without the texts.
    private static int Skip(ref OutlineBytes left, int line, out int end, out int children)
    {
        var flags = left.Number();
        if ((flags & OutlineWriter.HasKindNumber) == 0) left.SkipText();
        else left.Number();
        children = left.Count(LeastSymbolBytes);
        line = left.Line(line);
        end = left.Line(line);
        for (var number = 0; number < 2; number++) left.Number();
        left.SkipText();
        if ((flags & OutlineWriter.HasPlainPath) == 0)
        {
            left.Number();
            left.SkipText();
        }
        left.SkipText();
        left.SkipText();
        return line;
    }
}
