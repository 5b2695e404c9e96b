namespace Rlm.Context.Relations.Plain;

/// <summary>
/// Makes a text of the same length in which comments and strings are blank and what remains is code, code inside strings (<c>${name}</c>) included. One pass; a quote that
/// nothing closes ends with its line where the language says so, else with the text.
/// </summary>
internal sealed class CodeRegions
{
    private const int MaxDepth = 64;

    private readonly string _text;
    private readonly LexicalRules _rules;
    private readonly char[] _code;
    private readonly Queue<Heredoc> _announced = new();
    private readonly HashSet<string> _endless = new(StringComparer.Ordinal);
    private readonly bool[] _begins = new bool[128];
    private int _at;

    private CodeRegions(string text, LexicalRules rules)
    {
        (_text, _rules, _code) = (text, rules, text.ToCharArray());
        IEnumerable<string> openings = [.. rules.LineComments, .. rules.BlockComments.Select(pair => pair.Open), .. rules.Strings.Select(rule => rule.Open), "/", "'", "R", "#", "<", "\n"];
        foreach (var opening in openings) _begins[char.ToLowerInvariant(opening[0])] = _begins[char.ToUpperInvariant(opening[0])] = true;
    }

    /// <summary>The text with everything but code blank; line breaks stay.</summary>
    public static string CodeOf(string text, LexicalRules rules)
    {
        var regions = new CodeRegions(text, rules);
        regions.Code('\0', 0);
        return new(regions._code);
    }

    // Reads code up to the sign that closes a hole, or to the end of the text.
    private void Code(char close, int depth)
    {
        var open = 0;
        while (_at < _text.Length)
        {
            var sign = _text[_at];
            if (close != '\0' && sign == close && open-- == 0) return;
            if (close != '\0' && sign == OpeningOf(close)) open++;
            if (sign >= 128 || !_begins[sign] || (!Raw() && !Comment() && !Heredoc(depth) && !Text(depth) && !Tick() && !Regex())) _at++;
        }
    }

    private static char OpeningOf(char close) => close switch { '}' => '{', ')' => '(', _ => '[' };

    private bool Has(string sign) => string.CompareOrdinal(_text, _at, sign, 0, sign.Length) == 0;

    private bool Comment()
    {
        foreach (var sign in _rules.LineComments)
            if (Has(sign) && BeginsComment(sign))
            {
                var end = _text.IndexOf('\n', _at);
                Blank(end < 0 ? _text.Length : end);
                return true;
            }
        foreach (var (open, close) in _rules.BlockComments)
            if (Has(open))
            {
                Blank(EndOfBlock(open, close));
                return true;
            }
        return false;
    }

    // $# and ${#name} are no comments; :// in a word neither.
    private bool BeginsComment(string sign) => sign != "#" || _at == 0 || _text[_at - 1] is not ('$' or '{' or '\\' or '&');

    private int EndOfBlock(string open, string close)
    {
        var depth = 1;
        for (var at = _at + open.Length; at < _text.Length; at++)
        {
            var rest = _text.AsSpan(at);
            if (rest.StartsWith(close) && --depth == 0) return at + close.Length;
            if (_rules.NestsComments && rest.StartsWith(open)) depth++;
        }
        return _text.Length;
    }

    private bool Raw()
    {
        if (RawString.EndOf(_text, _at, _rules.RawForm) is not (>= 0 and var end)) return false;
        Blank(end);
        return true;
    }

    // What is announced on a line begins with the next one.
    private bool Heredoc(int depth)
    {
        if (_rules.HeredocSign is not { } sign) return false;
        var mayGoOn = sign == "<<<";
        if (_text[_at] == '<' && Plain.Heredoc.At(_text, _at, sign, _rules.HasSpacedHeredocs) is var (announced, length) && HasEnd(announced, mayGoOn))
        {
            _announced.Enqueue(announced);
            Blank(_at + length);
            return true;
        }
        if (_text[_at] != '\n' || _announced.Count == 0) return false;
        for (_at++; _announced.TryDequeue(out var heredoc);)
        {
            var end = heredoc.EndOf(_text, _at, mayGoOn) is >= 0 and var word ? word : _text.Length;
            var rule = _rules.Strings.First(rule => rule.Open == "\"");
            Inside(heredoc.IsRaw ? rule with { Hole = null, HasBareNames = false } : rule, end, depth);
            Blank(end + heredoc.Word.Length);
        }
        return true;
    }

    // A word that no line below ends with is looked for once.
    private bool HasEnd(Heredoc heredoc, bool mayGoOn)
    {
        if (_endless.Contains(heredoc.Word)) return false;
        var line = _text.IndexOf('\n', _at);
        return (line >= 0 && heredoc.EndOf(_text, line + 1, mayGoOn) >= 0) || !_endless.Add(heredoc.Word);
    }

    private bool Text(int depth)
    {
        foreach (var rule in _rules.Strings)
        {
            if (!Opens(rule)) continue;
            Text(rule, depth);
            return true;
        }
        return false;
    }

    // A letter before the quote is a prefix only where no name ends in it.
    private bool Opens(StringRule rule) =>
        _text.AsSpan(_at).StartsWith(rule.Open, char.IsAsciiLetter(rule.Open[0]) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
        && (!char.IsAsciiLetter(rule.Open[0]) || _at == 0 || !char.IsLetterOrDigit(_text[_at - 1]) || IsPrefix());

    // rf"…", Rf"…": the f is the last of a string's prefix.
    private bool IsPrefix() => _text[_at - 1] is 'r' or 'R' && (_at == 1 || !char.IsLetterOrDigit(_text[_at - 2]));

    private void Text(StringRule rule, int depth)
    {
        Blank(_at + rule.Open.Length);
        while (_at < _text.Length)
        {
            if (Has(rule.Close))
            {
                Blank(_at + rule.Close.Length);
                return;
            }
            if (_text[_at] == '\n' && !rule.IsMultiLine) return;
            Inside(rule, _at + 1, depth);
        }
    }

    // What stands in a string, up to a place or a little further where a hole or an escape goes on.
    private void Inside(StringRule rule, int end, int depth)
    {
        while (_at < end)
            if (rule.Hole is { } hole && Has(hole) && depth < MaxDepth) Hole(rule, depth);
            else if (rule.HasBareNames && _text[_at] == '$') BareName();
            else Blank(Math.Min(_text.Length, _at + (rule.HasEscapes && _text[_at] == '\\' ? 2 : 1)));
    }

    private void Hole(StringRule rule, int depth)
    {
        var opening = rule.Hole.AsSpan().IndexOfAny("{([");
        if (opening < 0)
        {
            // The shell: $( and ${ open a hole, $name is one.
            if (_at + 1 < _text.Length && _text[_at + 1] is '(' or '{') InHole(2, _text[_at + 1], depth);
            else BareName();
            return;
        }
        var sign = rule.Hole![opening];
        if (sign == '{' && rule.Hole.Length == 1 && _at + 1 < _text.Length && _text[_at + 1] == '{') Blank(_at + 2); // {{ is a brace
        else InHole(opening + 1, sign, depth);
    }

    private void InHole(int skip, char open, int depth)
    {
        Blank(Math.Min(_text.Length, _at + skip));
        Code(open switch { '{' => '}', '(' => ')', _ => ']' }, depth + 1);
        if (_at < _text.Length) Blank(_at + 1);
    }

    private void BareName()
    {
        Blank(_at + 1);
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_')) _at++;
    }

    // 'a' and '\n' are characters, 'a alone is a lifetime or a quoted name.
    private bool Tick()
    {
        if (!_rules.HasTicks || _text[_at] != '\'') return false;
        var end = _at + 2 < _text.Length && _text[_at + 1] == '\\' ? _text.IndexOf('\'', _at + 3 > _text.Length ? _text.Length : _at + 3, Math.Min(11, Math.Max(0, _text.Length - _at - 3))) is var close and >= 0 ? close + 1 : _at + 1
            : _at + 2 < _text.Length && _text[_at + 2] == '\'' ? _at + 3 : _at + 1;
        Blank(end);
        return true;
    }

    private bool Regex()
    {
        if (!_rules.HasRegexLiterals || _text[_at] != '/' || !MayBeginRegex()) return false;
        var inClass = false;
        for (var at = _at + 1; at < _text.Length && _text[at] != '\n'; at++)
        {
            if (_text[at] == '\\') at++;
            else if (_text[at] == '[') inClass = true;
            else if (_text[at] == ']') inClass = false;
            else if (_text[at] == '/' && !inClass)
            {
                Blank(at + 1);
                return true;
            }
        }
        return false;
    }

    // Behind a value a slash divides.
    private bool MayBeginRegex()
    {
        var before = _text.AsSpan(0, _at).TrimEnd();
        if (before.IsEmpty) return true;
        if (before[^1] is ')' or ']' or '}' or '"' or '\'' or '`') return false;
        if (!char.IsLetterOrDigit(before[^1]) && before[^1] is not ('_' or '$')) return true;
        var start = before.Length;
        while (start > 0 && (char.IsLetterOrDigit(before[start - 1]) || before[start - 1] is '_' or '$')) start--;
        return before[start..] is "return" or "typeof" or "case" or "in" or "of" or "delete" or "void" or "throw" or "new" or "else" or "do" or "if" or "unless" or "when" or "and" or "or" or "not" or "yield" or "await";
    }

    private void Blank(int end)
    {
        for (end = Math.Min(end, _text.Length); _at < end; _at++)
            if (_text[_at] is not ('\n' or '\r')) _code[_at] = ' ';
    }
}
