namespace Rlm.Context.Scopes;

/// <summary>
/// Parses a scope: <c>src/A</c>, <c>*.cs</c>, <c>lang:python</c>, <c>project:Core</c>, <c>@set</c>, joined by <c>&amp;</c>, <c>|</c>, <c>-</c> (white space on
/// both sides) and parentheses. As in Python, <c>-</c> binds tightest, then <c>&amp;</c>, then <c>|</c>. Anything odd goes in double quotes.
/// </summary>
internal abstract record ScopeSyntax
{
    /// <summary>One name: a path, glob, <c>lang:</c>, <c>project:</c> or <c>@set</c>.</summary>
    internal sealed record Atom(string Text, bool Quoted) : ScopeSyntax;

    /// <summary>Two scopes joined by <c>&amp;</c>, <c>|</c> or <c>-</c>.</summary>
    internal sealed record Join(char Operator, ScopeSyntax Left, ScopeSyntax Right) : ScopeSyntax;

    /// <exception cref="ContextException">Parentheses or quotes do not close, or a name or operator is missing.</exception>
    internal static ScopeSyntax Parse(string text)
    {
        var parser = new Parser(text);
        var result = parser.Union(depth: 0);
        return parser.AtEnd ? result : throw parser.Fault($"'{parser.Rest}' follows a complete scope without an operator");
    }

    private sealed class Parser(string text)
    {
        private const int MaxDepth = 64;
        private int _at;

        public bool AtEnd
        {
            get
            {
                SkipBlanks();
                return _at == text.Length;
            }
        }

        public string Rest => text[_at..];

        public ScopeSyntax Union(int depth) => Chain('|', depth, Intersection);

        public ContextException Fault(string why) => new(ContextFault.BadArgument, $"scope \"{text}\": {why}",
            "Operators & | - need white space on both sides; put a name with blanks or parentheses in double quotes.");

        private ScopeSyntax Intersection(int depth) => Chain('&', depth, Difference);

        private ScopeSyntax Difference(int depth) => Chain('-', depth, Operand);

        private ScopeSyntax Chain(char symbol, int depth, Func<int, ScopeSyntax> part)
        {
            var left = part(depth);
            while (TakeOperator(symbol)) left = new Join(symbol, left, part(depth));
            return left;
        }

        private ScopeSyntax Operand(int depth)
        {
            if (depth > MaxDepth) throw Fault("more than 64 nested parentheses");
            if (AtEnd) throw Fault("a name is missing");
            return text[_at] switch
            {
                '(' => Group(depth),
                '"' => Quoted(),
                _ => Bare(),
            };
        }

        private ScopeSyntax Group(int depth)
        {
            _at++;
            var inner = Union(depth + 1);
            if (AtEnd || text[_at] != ')') throw Fault("a parenthesis does not close");
            _at++;
            return inner;
        }

        private Atom Quoted()
        {
            var end = text.IndexOf('"', _at + 1);
            if (end < 0) throw Fault("a quote does not close");
            var name = text[(_at + 1)..end];
            _at = end + 1;
            return new Atom(name, Quoted: true);
        }

        // Parentheses inside a name (app/(group)/page.tsx) belong to it as long as they pair up.
        private Atom Bare()
        {
            int start = _at, open = 0;
            for (; _at < text.Length && !char.IsWhiteSpace(text[_at]); _at++)
                if (text[_at] == '(') open++;
                else if (text[_at] == ')' && --open < 0) break;
            if (_at == start) throw Fault("a name is missing");
            var name = text[start.._at];
            return name is "&" or "|" or "-" ? throw Fault($"a name is missing beside '{name}'") : new Atom(name, Quoted: false);
        }

        private bool TakeOperator(char symbol)
        {
            var before = _at;
            SkipBlanks();
            var spaced = _at > before || (before > 0 && text[before - 1] is ')' or '"');
            var found = spaced && _at + 1 < text.Length && text[_at] == symbol && char.IsWhiteSpace(text[_at + 1]);
            _at = found ? _at + 1 : before;
            return found;
        }

        private void SkipBlanks()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        }
    }
}
