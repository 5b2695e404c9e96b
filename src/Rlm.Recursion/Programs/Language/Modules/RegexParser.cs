using System.Globalization;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>Reads a pattern of Python's <c>re</c>. What cannot be done in linear time is refused.</summary>
internal sealed class RegexParser(string pattern, RegexFlags flags)
{
    private readonly List<string?> _groups = [];
    private RegexFlags _flags = flags;
    private int _at, _depth;

    /// <summary>Whether case is ignored anywhere.</summary>
    public bool Folds { get; private set; }

    /// <summary>Group names by number − 1; null for those without one.</summary>
    public IReadOnlyList<string?> Groups => _groups;

    /// <summary>With those given in the pattern.</summary>
    public RegexFlags Flags => _flags;

    public RegexNode Read()
    {
        var node = Alternatives();
        return _at < pattern.Length ? throw Error("unbalanced parenthesis", _at) : node;
    }

    private bool Ascii => _flags.HasFlag(RegexFlags.Ascii);

    private bool IgnoresCase => _flags.HasFlag(RegexFlags.IgnoreCase);

    private RegexNode Alternatives()
    {
        Deep.Check();
        if (++_depth > 100) throw Refuse.Here(Refusals.RegexSize);
        var branches = new List<RegexNode> { Sequence() };
        while (Take('|')) branches.Add(Sequence());
        _depth--;
        return branches.Count == 1 ? branches[0] : new RegexNode.Alternatives(branches);
    }

    private RegexNode.Sequence Sequence()
    {
        var parts = new List<RegexNode>();
        while (true)
        {
            Skip();
            if (_at >= pattern.Length || pattern[_at] is '|' or ')') return new(parts);
            var start = _at;
            if (Item() is { } item) parts.Add(Repeated(item, start));
        }
    }

    private void Skip()
    {
        if (!_flags.HasFlag(RegexFlags.Verbose)) return;
        while (_at < pattern.Length && (pattern[_at] is ' ' or (>= '\t' and <= '\r') || pattern[_at] == '#'))
        {
            if (pattern[_at] == '#')
                while (_at < pattern.Length && pattern[_at] != '\n') _at++;
            else _at++;
        }
    }

    private RegexNode? Item()
    {
        var unit = pattern[_at];
        switch (unit)
        {
            case '(':
                return Group();
            case '[':
                return Class();
            case '.':
                _at++;
                return new RegexNode.One(RegexSet.Any(_flags.HasFlag(RegexFlags.DotAll)));
            case '^':
                _at++;
                return new RegexNode.Assertion(_flags.HasFlag(RegexFlags.MultiLine) ? RegexAssertion.LineStart : RegexAssertion.TextStart, Ascii);
            case '$':
                _at++;
                return new RegexNode.Assertion(_flags.HasFlag(RegexFlags.MultiLine) ? RegexAssertion.LineEnd : RegexAssertion.End, Ascii);
            case '\\':
                return Escape();
            case '*' or '+' or '?':
                throw Error("nothing to repeat", _at);
            case '{' when Bounds(_at, out _, out _, out _):
                throw Error("nothing to repeat", _at);
            default:
                return Literal(CodePoint());
        }
    }

    private RegexNode.One Literal(int code)
    {
        Folds |= IgnoresCase;
        return new(RegexSet.Of(code, IgnoresCase));
    }

    private int CodePoint()
    {
        var code = char.ConvertToUtf32(pattern, _at);
        _at += code > 0xFFFF ? 2 : 1;
        return code;
    }

    private RegexNode Repeated(RegexNode item, int start)
    {
        var first = true;
        while (true)
        {
            Skip();
            if (!Quantifier(out var least, out var most)) return item;
            if (!first) throw Error("multiple repeat", _at - 1);
            if (item is RegexNode.Assertion) throw Error("nothing to repeat", start);
            first = false;
            var lazy = Take('?');
            if (!lazy && _at < pattern.Length && pattern[_at] == '+') throw Refuse.Here(Refusals.RegexConstruct, "possessive quantifier");
            // What CPython makes of a last, empty round (and of groups in it) is its engine's own.
            if (most is null && item.Nullable) throw Refuse.Here(Refusals.RegexEmptyLoop);
            item = new RegexNode.Repeat(item, least, most, lazy);
        }
    }

    private bool Quantifier(out int least, out int? most)
    {
        (least, most) = (0, null);
        if (_at >= pattern.Length) return false;
        switch (pattern[_at])
        {
            case '*':
                _at++;
                return true;
            case '+':
                _at++;
                least = 1;
                return true;
            case '?':
                _at++;
                most = 1;
                return true;
            case '{' when Bounds(_at, out least, out most, out var end):
                if (most < least) throw Error("min repeat greater than max repeat", _at + 1);
                _at = end;
                return true;
            default:
                return false;
        }
    }

    private bool Bounds(int at, out int least, out int? most, out int end)
    {
        (least, most, end) = (0, null, at);
        var close = pattern.IndexOf('}', at);
        if (close < 0) return false;
        var parts = pattern[(at + 1)..close].Split(',');
        if (parts.Length > 2 || parts.Any(part => !part.All(char.IsAsciiDigit)) || parts.Length == 1 && parts[0].Length == 0) return false;
        if (parts.Any(part => part.Length > 6)) throw Refuse.Here(Refusals.RegexSize);
        least = parts[0].Length == 0 ? 0 : int.Parse(parts[0], CultureInfo.InvariantCulture);
        most = parts.Length == 1 ? least : parts[1].Length == 0 ? null : int.Parse(parts[1], CultureInfo.InvariantCulture);
        end = close + 1;
        return true;
    }

    private RegexNode? Group()
    {
        var start = _at++;
        if (!Take('?'))
        {
            _groups.Add(null);
            return Closed(start, _groups.Count);
        }
        if (_at >= pattern.Length) throw Error("unexpected end of pattern", _at);
        switch (pattern[_at])
        {
            case ':':
                _at++;
                return Closed(start, 0);
            case 'P':
                return Named(start);
            case '#':
                _at = pattern.IndexOf(')', _at);
                if (_at < 0) throw Error("missing ), unterminated comment", start);
                _at++;
                return null;
            case '=' or '!':
                throw Refuse.Here(Refusals.RegexLook, $"(?{pattern[_at]}");
            case '<' when _at + 1 < pattern.Length && pattern[_at + 1] is '=' or '!':
                throw Refuse.Here(Refusals.RegexLook, $"(?<{pattern[_at + 1]}");
            case '(' or '>':
                throw Refuse.Here(Refusals.RegexConstruct, $"(?{pattern[_at]}");
            default:
                return Inline(start);
        }
    }

    private RegexNode Named(int start)
    {
        _at++;
        if (_at < pattern.Length && pattern[_at] == '=') throw Refuse.Here(Refusals.RegexBackreference, "(?P=");
        if (!Take('<')) throw Error("unknown extension ?P" + (_at < pattern.Length ? pattern[_at] : ""), start + 1);
        var end = pattern.IndexOf('>', _at);
        if (end < 0) throw Error("missing >, unterminated name", _at);
        var name = pattern[_at..end];
        if (name.Length == 0) throw Error("missing group name", _at);
        if (!StrTests.IsIdentifier(name)) throw Error($"bad character in group name {Writing.Quoted(name)}", _at);
        if (_groups.Contains(name)) throw Error($"redefinition of group name {Writing.Quoted(name)} as group {_groups.Count + 1}; was group {_groups.IndexOf(name) + 1}", _at);
        _at = end + 1;
        _groups.Add(name);
        return Closed(start, _groups.Count);
    }

    private RegexNode? Inline(int start)
    {
        var (on, off, negative) = (RegexFlags.None, RegexFlags.None, false);
        for (; _at < pattern.Length && pattern[_at] is not (')' or ':'); _at++)
        {
            if (pattern[_at] == '-' && !negative)
            {
                negative = true;
                continue;
            }
            var flag = pattern[_at] switch { 'i' => RegexFlags.IgnoreCase, 'm' => RegexFlags.MultiLine, 's' => RegexFlags.DotAll, 'x' => RegexFlags.Verbose, 'a' => RegexFlags.Ascii, 'u' => RegexFlags.Unicode, 'L' => throw Refuse.Here(Refusals.RegexConstruct, "locale"), _ => throw Error("unknown extension ?" + pattern[_at], start + 1) };
            if (negative) off |= flag;
            else on |= flag;
        }
        if (_at >= pattern.Length) throw Error("missing -, : or )", _at);
        if (pattern[_at] == ')')
        {
            if (start != 0) throw Error("global flags not at the start of the expression", start);
            _at++;
            _flags |= on;
            return null;
        }
        _at++;
        var before = _flags;
        _flags = (_flags | on) & ~off;
        var node = Closed(start, 0);
        _flags = before;
        return node;
    }

    // A group of number 0 remembers nothing.
    private RegexNode Closed(int start, int number)
    {
        var inner = Alternatives();
        if (!Take(')')) throw Error("missing ), unterminated subpattern", start);
        return number == 0 ? new RegexNode.Sequence([inner]) : new RegexNode.Group(inner, number);
    }

    private RegexNode.One Class()
    {
        var start = _at++;
        var set = new RegexSet(Take('^'), Ascii, IgnoresCase);
        for (var first = true; ; first = false)
        {
            if (_at >= pattern.Length) throw Error("unterminated character set", start);
            if (pattern[_at] == ']' && !first) break;
            var from = _at;
            var low = Member(set);
            if (_at + 1 >= pattern.Length || pattern[_at] != '-' || pattern[_at + 1] == ']')
            {
                if (low is { } one) set.Add(one, one);
                continue;
            }
            _at++;
            var high = Member(set);
            if (low is null || high is null) throw Error($"bad character range {pattern[from.._at]}", from);
            if (high < low) throw Error($"bad character range {pattern[from.._at]}", from);
            set.Add(low.Value, high.Value);
        }
        _at++;
        Folds |= IgnoresCase;
        return new(set);
    }

    // One character of a class; null when it was a category, which is added at once.
    private int? Member(RegexSet set)
    {
        if (pattern[_at] != '\\') return CodePoint();
        if (_at + 1 >= pattern.Length) throw Error("bad escape (end of pattern)", _at);
        if (pattern[_at + 1] is 'd' or 'D' or 'w' or 'W' or 's' or 'S')
        {
            set.Add(pattern[_at + 1]);
            _at += 2;
            return null;
        }
        if (pattern[_at + 1] == 'b')
        {
            _at += 2;
            return '\b';
        }
        return Character(inClass: true);
    }

    private RegexNode Escape()
    {
        if (_at + 1 >= pattern.Length) throw Error("bad escape (end of pattern)", _at);
        var mark = pattern[_at + 1];
        switch (mark)
        {
            case 'A':
                _at += 2;
                return new RegexNode.Assertion(RegexAssertion.TextStart, Ascii);
            case 'Z':
                _at += 2;
                return new RegexNode.Assertion(RegexAssertion.TextEnd, Ascii);
            case 'b' or 'B':
                _at += 2;
                return new RegexNode.Assertion(mark == 'b' ? RegexAssertion.Boundary : RegexAssertion.NotBoundary, Ascii);
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S':
                _at += 2;
                var set = new RegexSet(false, Ascii, false);
                set.Add(mark);
                return new RegexNode.One(set);
            case >= '1' and <= '9':
                throw Refuse.Here(Refusals.RegexBackreference, "\\" + mark);
            default:
                return Literal(Character(inClass: false));
        }
    }

    private int Character(bool inClass)
    {
        var start = _at;
        var mark = pattern[_at + 1];
        _at += 2;
        switch (mark)
        {
            case 'n' or 't' or 'r' or 'f' or 'v' or 'a':
                return mark switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'f' => '\f', 'v' => '\v', _ => '\a' };
            case 'x':
                return Hex(start, 2);
            case 'u':
                return Hex(start, 4);
            case 'U':
                return Hex(start, 8);
            case 'N':
                throw Refuse.Here(Refusals.RegexConstruct, "\\N");
            case '0':
                return Octal(0);
            case >= '1' and <= '7' when inClass:
                return Octal(mark - '0');
        }
        if (char.IsAsciiLetterOrDigit(mark)) throw Error($"bad escape \\{mark}", start);
        _at--;
        return CodePoint();
    }

    private int Octal(int code)
    {
        for (var digits = 0; digits < 2 && _at < pattern.Length && pattern[_at] is >= '0' and <= '7'; digits++) code = code * 8 + pattern[_at++] - '0';
        return code;
    }

    private int Hex(int start, int digits)
    {
        if (_at + digits > pattern.Length || !int.TryParse(pattern.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code is < 0 or > 0x10FFFF)
            throw Error($"incomplete escape {pattern[start..Math.Min(pattern.Length, _at + digits)]}", start);
        if (code is >= 0xD800 and <= 0xDFFF) throw Refuse.Here(Refusals.Surrogate);
        _at += digits;
        return code;
    }

    private bool Take(char unit)
    {
        if (_at >= pattern.Length || pattern[_at] != unit) return false;
        _at++;
        return true;
    }

    private static PyRaise Error(string message, int at) => Raise.Error("re.error", $"{message} at position {at}");
}
