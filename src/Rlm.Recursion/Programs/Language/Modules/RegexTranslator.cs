using System.Globalization;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>
/// Reads a pattern of Python's <c>re</c> and writes the same for .NET's engine without backtracking, which takes time linear in the text. What that engine cannot do is refused. Groups lose their names, because .NET
/// numbers named ones after the others.
/// </summary>
internal sealed class RegexTranslator(string pattern, RegexFlags flags)
{
    private const double MaxSize = 20_000;
    private readonly List<string?> _groups = [];
    private RegexFlags _flags = flags;
    private int _at, _depth;

    public RegexTraits Traits { get; private set; }

    /// <summary>Group names by number − 1; null for those without one.</summary>
    public IReadOnlyList<string?> Groups => _groups;

    /// <summary>With those given in the pattern.</summary>
    public RegexFlags Flags => _flags;

    public RegexPiece Translate()
    {
        var piece = Alternatives();
        if (_at < pattern.Length) throw Error("unbalanced parenthesis", _at);
        return piece;
    }

    private RegexPiece Alternatives()
    {
        Deep.Check();
        if (++_depth > 100) throw Refuse.Here(Refusals.RegexSize);
        var branches = new List<RegexPiece> { Sequence() };
        while (Take('|')) branches.Add(Sequence());
        _depth--;
        if (branches.Count == 1) return branches[0];
        var prefers = branches.Any(branch => branch.PrefersEmpty) || branches.Take(branches.Count - 1).Any(branch => branch.Nullable);
        return Checked(new(string.Join('|', branches.Select(branch => branch.Narrow)), string.Join('|', branches.Select(branch => branch.Wide)), branches.Any(branch => branch.Nullable), prefers, branches.Sum(branch => branch.Size) + 1));
    }

    private RegexPiece Sequence()
    {
        var narrow = new System.Text.StringBuilder();
        var wide = new System.Text.StringBuilder();
        var (nullable, prefers, size) = (true, false, 0.0);
        while (true)
        {
            Skip();
            if (_at >= pattern.Length || pattern[_at] is '|' or ')') break;
            var start = _at;
            if (Item() is not { } item) continue;
            item = Repeated(item, start);
            narrow.Append(item.Narrow);
            wide.Append(item.Wide);
            nullable &= item.Nullable;
            prefers |= item.PrefersEmpty;
            size += item.Size;
        }
        return Checked(new(narrow.ToString(), wide.ToString(), nullable, prefers && nullable, size));
    }

    private static RegexPiece Checked(RegexPiece piece) => piece.Size <= MaxSize ? piece : throw Refuse.Here(Refusals.RegexSize);

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

    private RegexPiece? Item()
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
                return _flags.HasFlag(RegexFlags.DotAll) ? new("[^\\uD800-\\uDFFF]", "(?:[^\\uD800-\\uDFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])", false, false, 1) : new("[^\\n\\uD800-\\uDFFF]", "(?:[^\\n\\uD800-\\uDFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])", false, false, 1);
            case '^':
                _at++;
                return new(_flags.HasFlag(RegexFlags.MultiLine) ? "(?m:^)" : "\\A", true);
            case '$':
                _at++;
                return new(_flags.HasFlag(RegexFlags.MultiLine) ? "(?m:$)" : "\\Z", true);
            case '\\':
                return Escape();
            case '*' or '+' or '?':
                throw Error("nothing to repeat", _at);
            case '{' when Bounds(_at, out _, out _, out _):
                throw Error("nothing to repeat", _at);
            default:
                return RegexClass.Literal(CodePoint());
        }
    }

    private int CodePoint()
    {
        var code = char.ConvertToUtf32(pattern, _at);
        _at += code > 0xFFFF ? 2 : 1;
        return code;
    }

    private RegexPiece Repeated(RegexPiece item, int start)
    {
        var first = true;
        while (true)
        {
            Skip();
            if (!Quantifier(out var least, out var most)) return item;
            if (!first) throw Error("multiple repeat", _at - 1);
            if (item.Narrow is "\\A" or "\\Z" or "(?m:^)" or "(?m:$)" or "\\b" or "\\B" or "\\z") throw Error("nothing to repeat", start);
            first = false;
            var lazy = Take('?');
            if (!lazy && _at < pattern.Length && pattern[_at] == '+') throw Refuse.Here(Refusals.RegexConstruct, "possessive quantifier");
            var count = $"{{{least},{(most is null ? "" : most.Value)}}}{(lazy ? "?" : "")}";
            var canBeEmpty = least == 0 || item.Nullable;
            item = Checked(new($"(?:{item.Narrow}){count}", $"(?:{item.Wide}){count}", canBeEmpty, canBeEmpty && (lazy && most != 0 || item.PrefersEmpty), Math.Max(1, item.Size) * Math.Max(1, most ?? least + 1)));
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

    private RegexPiece? Group()
    {
        var start = _at++;
        if (!Take('?'))
        {
            _groups.Add(null);
            return Closed(start, "(");
        }
        if (_at >= pattern.Length) throw Error("unexpected end of pattern", _at);
        switch (pattern[_at])
        {
            case ':':
                _at++;
                return Closed(start, "(?:");
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

    private RegexPiece Named(int start)
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
        return Closed(start, "(");
    }

    private RegexPiece? Inline(int start)
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
        if (_flags.HasFlag(RegexFlags.IgnoreCase)) Traits |= RegexTraits.Fold;
        var piece = Closed(start, _flags.HasFlag(RegexFlags.IgnoreCase) == before.HasFlag(RegexFlags.IgnoreCase) ? "(?:" : _flags.HasFlag(RegexFlags.IgnoreCase) ? "(?i:" : "(?-i:");
        _flags = before;
        return piece;
    }

    private RegexPiece Closed(int start, string open)
    {
        var inner = Alternatives();
        if (!Take(')')) throw Error("missing ), unterminated subpattern", start);
        return inner with { Narrow = $"{open}{inner.Narrow})", Wide = $"{open}{inner.Wide})", Size = inner.Size + 1 };
    }

    private RegexPiece Class()
    {
        var start = _at++;
        var set = new RegexClass(Take('^'), _flags.HasFlag(RegexFlags.Ascii));
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
        if (set.HasCategories) Traits |= RegexTraits.Classes;
        return set.ToPiece();
    }

    // One character of a class; null when it was a category, which is added at once.
    private int? Member(RegexClass set)
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

    private RegexPiece Escape()
    {
        if (_at + 1 >= pattern.Length) throw Error("bad escape (end of pattern)", _at);
        var mark = pattern[_at + 1];
        switch (mark)
        {
            case 'A':
                _at += 2;
                return new("\\A", true);
            case 'Z':
                _at += 2;
                return new("\\z", true);
            case 'b' or 'B':
                _at += 2;
                Traits |= mark == 'b' ? RegexTraits.Boundary : RegexTraits.Boundary | RegexTraits.NotBoundary;
                return new("\\" + mark, true);
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S':
                _at += 2;
                Traits |= RegexTraits.Classes;
                var set = new RegexClass(false, _flags.HasFlag(RegexFlags.Ascii));
                set.Add(mark);
                return set.ToPiece();
            case >= '1' and <= '9':
                throw Refuse.Here(Refusals.RegexBackreference, "\\" + mark);
            default:
                return RegexClass.Literal(Character(inClass: false));
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
