namespace Rlm.Context.Outlines.CSharp;

/// <summary>
/// Takes one way through the <c>#if</c> chains and merge conflicts of a text, and lists what it leaves out. The first way is the compiler's with no
/// symbols but those that the file defines; later ones follow <see cref="BranchMap"/>. The parser never sees an <c>#if</c>: its own
/// conditions recurse without limit.
/// </summary>
internal sealed class BranchChooser(BranchMap map, bool isFirstWay)
{
    private const int MaxDepth = 64;

    private readonly Stack<Open> _open = new();
    private readonly HashSet<string> _defined = new(StringComparer.Ordinal);
    private readonly List<Branch> _taken = [];
    private int _lastConflictEnd = -2;

    /// <summary>Lines of directives and left-out branches, in order.</summary>
    public List<BlankRange> Blanks { get; } = [];

    private Branch Current => _open.Count == 0 ? map.Root : _open.Peek().Active ?? map.Root;

    /// <summary>A line in code that begins with <c>#</c>. Gives the offset where code goes on.</summary>
    public int AtDirective(string text, int start, int end)
    {
        var directive = Directive.Read(text, start, end);
        switch (directive.Word)
        {
            case "if":
                return Enter(text, start, end, isConflict: false, directive);
            case "elif" or "else" or "endif":
                Blanks.Add(new BlankRange(start, end, false));
                if (_open.Count == 0 || _open.Peek().IsConflict) return end;
                var open = _open.Pop();
                return directive.Word == "endif" ? Close(open, start, end) : Advance(text, open, start, end, directive);
            case "define" when isFirstWay:
                _defined.Add(directive.Argument.Trim().ToString());
                return end;
            case "undef" when isFirstWay:
                _defined.Remove(directive.Argument.Trim().ToString());
                return end;
            default:
                return end;
        }
    }

    /// <summary>A conflict marker in code. Gives the offset where code goes on, or null when it is no conflict after all.</summary>
    public int? AtConflict(string text, int start, int end)
    {
        if (text[start] == '<')
        {
            if (_lastConflictEnd == -2) _lastConflictEnd = text.LastIndexOf("\n>>>>>>>", StringComparison.Ordinal);
            if (start > _lastConflictEnd) return null;
            map.HasConflicts = true;
            return Enter(text, start, end, isConflict: true, default);
        }
        if (_open.Count == 0 || !_open.Peek().IsConflict) return null;
        Blanks.Add(new BlankRange(start, end, false));
        var open = _open.Pop();
        return text[start] == '>' ? Close(open, start, end) : Advance(text, open, start, end, default);
    }

    /// <summary>Marks what this way has seen; not for a way that is only tried.</summary>
    public void Commit()
    {
        foreach (var branch in _taken) branch.IsSeen = true;
    }

    /// <summary>The text ended; chains left open end with it.</summary>
    public void Finish(int length)
    {
        while (_open.TryPop(out var open)) Close(open, length, length);
    }

    private int Enter(string text, int start, int end, bool isConflict, Directive directive)
    {
        var isTracked = _open.Count < MaxDepth;
        map.IsTooDeep |= !isTracked;
        var chain = isTracked ? map.ChainAt(start, Current) : null;
        var open = new Open(chain, chain is null || isFirstWay ? null : chain.Wanted, isConflict);
        return Advance(text, open, start, end, directive);
    }

    /// <summary>At the line that begins the next branch: goes into it, or leaves it and all that follow out until one is wanted.</summary>
    private int Advance(string text, Open open, int start, int end, Directive directive)
    {
        while (true)
        {
            open.Index++;
            open.HasElse |= directive.Word == "else" || (open.IsConflict && open.Index > 0);
            if (IsWanted(open, directive))
            {
                Blanks.Add(new BlankRange(start, end, false));
                open.IsTaken = true;
                open.Active = open.Chain?[open.Index];
                if (open.Active is { } active) _taken.Add(active);
                _open.Push(open);
                return end;
            }
            _ = open.Chain?[open.Index];
            var (nextStart, nextEnd, next) = open.IsConflict ? NextMarker(text, end) : NextDirective(text, end);
            Blanks.Add(new BlankRange(start, nextEnd, false));
            (start, end, directive) = (nextStart, nextEnd, next);
            if (start == text.Length || next.Word == "endif") return Close(open, start, end);
        }
    }

    private bool IsWanted(Open open, Directive directive)
    {
        if (open.IsTaken) return false;
        if (open.Wanted is { } wanted) return open.Index == wanted;
        return open.IsConflict || directive.Word == "else" || Condition.Evaluate(directive.Argument, _defined);
    }

    private int Close(Open open, int start, int end)
    {
        if (!open.HasElse && !open.IsConflict && open.Chain is { } chain)
        {
            var otherwise = chain[open.Index + 1];
            if (!open.IsTaken) _taken.Add(otherwise);
        }
        return Math.Max(start, end);
    }

    // Left-out text is read line by line, as the compiler does: strings and comments mean nothing there.
    private static (int Start, int End, Directive Directive) NextDirective(string text, int from)
    {
        var depth = 0;
        for (var at = from; at < text.Length;)
        {
            var end = text.AsSpan(at).IndexOf('\n') is var length and >= 0 ? at + length : text.Length;
            var start = at;
            while (start < end && char.IsWhiteSpace(text[start])) start++;
            if (start < end && text[start] == '#')
            {
                var directive = Directive.Read(text, start, end);
                if (directive.Word == "if") depth++;
                else if (directive.Word is "elif" or "else" or "endif" && depth == 0) return (start, end, directive);
                else if (directive.Word == "endif") depth--;
            }
            at = end + 1;
        }
        return (text.Length, text.Length, default);
    }

    private static (int Start, int End, Directive Directive) NextMarker(string text, int from)
    {
        for (var at = text.IndexOf('\n', from) + 1; at > 0; at = text.IndexOf('\n', at) + 1)
            if (text.Length > at && text[at] != '<' && ConflictMarker.IsAt(text, at))
            {
                var end = text.IndexOf('\n', at) is var found and >= 0 ? found : text.Length;
                return (at, end, new Directive(text[at] == '>' ? "endif" : "", default));
            }
        return (text.Length, text.Length, default);
    }

    private record struct Open(BranchChain? Chain, int? Wanted, bool IsConflict)
    {
        public int Index { get; set; } = -1;

        public bool IsTaken { get; set; }

        public bool HasElse { get; set; }

        public Branch? Active { get; set; }
    }
}
