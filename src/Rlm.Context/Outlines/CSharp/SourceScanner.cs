namespace Rlm.Context.Outlines.CSharp;

/// <summary>
/// One pass over C# text that knows just enough of its lexical grammar (strings of every form with their holes, characters, comments,
/// preprocessor lines) to follow brackets, and takes one way through <c>#if</c> and merge conflicts. Linear, no recursion.
/// Held to Roslyn's view by the tests that compare outlines over whole repositories.
/// </summary>
internal sealed class SourceScanner(string text, NestingMeter meter, BranchChooser branches, CancellationToken cancellationToken)
{
    private const int MaxLookBack = 200;
    private readonly string _text = text;
    private int _at;
    private bool _lineStart = true;

    public void Scan()
    {
        var sinceCheck = 0;
        while (_at < _text.Length)
        {
            if (++sinceCheck == 1 << 16)
            {
                cancellationToken.ThrowIfCancellationRequested();
                sinceCheck = 0;
            }
            Step();
        }
        branches.Finish(_text.Length);
        meter.Finish(_text.Length);
    }

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private void Step()
    {
        var character = _text[_at];
        switch (character)
        {
            case '\n' or '\r' or '\u0085' or '\u2028' or '\u2029':
                _lineStart = true;
                _at++;
                return;
            case ' ' or '\t' or '\v' or '\f':
                _at++;
                return;
            case '/' when Peek(1) == '/':
                SkipLine();
                return;
            case '/' when Peek(1) == '*':
                SkipComment();
                return;
            case '#' when _lineStart:
                Directive();
                return;
            case '<' or '=' or '>' or '|' when ConflictMarker.IsAt(_text, _at):
                if (Conflict()) return;
                break;
        }
        _lineStart = false;
        Token(character);
    }

    private void Token(char character)
    {
        switch (character)
        {
            case '(' or '[' or '{':
                meter.Open(character, _at, _at + 1, isExpression: character != '{' || IsExpressionBrace());
                _at++;
                return;
            case ')' or ']':
                meter.Close(character, _at);
                _at++;
                return;
            case '}':
                CloseBrace();
                return;
            case ';' or ',':
                meter.Separator(character, _at++);
                return;
            case '<' when Peek(1) is '<' or '=':
                meter.CountToken(_at);
                _at += 2;
                return;
            case '<':
                meter.Less(_at++);
                return;
            case '>':
                meter.Greater(_at++);
                return;
            case '"':
                StringLiteral(_at, new StringForm(false, 0, 0));
                return;
            case '$' or '@':
                Prefixed();
                return;
            case '\'':
                CharacterLiteral();
                return;
            case '&' or '|' when Peek(1) == character:
                meter.Logical(_at);
                _at += 2;
                return;
            case ':' when meter.InHole && Peek(1) != ':' && _text[_at - 1] != ':':
                FormatClause();
                return;
            default:
                if (IsWord(character)) Word();
                else
                {
                    if (!char.IsWhiteSpace(character)) meter.CountToken(_at);
                    _at++;
                }
                return;
        }
    }

    // Braces of lambdas, patterns and initialisers, told from blocks by what stands before.
    private bool IsExpressionBrace()
    {
        var before = _text.AsSpan(Math.Max(0, _at - MaxLookBack), Math.Min(_at, MaxLookBack)).TrimEnd();
        if (before.IsEmpty) return false;
        if (before[^1] is '=' or '>' or ']' or ',' or '?' or '.') return true;
        var start = before.Length;
        while (start > 0 && IsWord(before[start - 1])) start--;
        return before[start..] is "delegate" or "switch" or "with" or "is" or "and" or "or" or "not" or "new" or "where" or "return";
    }

    private static bool IsWord(char character) => character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' || (character > 127 && char.IsLetterOrDigit(character));

    private void Word()
    {
        var start = _at;
        while (_at < _text.Length && IsWord(_text[_at])) _at++;
        meter.Word(_text.AsSpan(start, _at - start), start);
    }

    private void SkipLine()
    {
        var length = _text.AsSpan(_at).IndexOfAny("\n\r\u0085\u2028\u2029");
        _at = length < 0 ? _text.Length : _at + length;
    }

    private void SkipComment()
    {
        var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        _at = end < 0 ? _text.Length : end + 2;
    }

    // Jumps behind the line, or over everything that this way through the file leaves out.
    private void Directive()
    {
        var start = _at;
        SkipLine();
        var end = _at;
        _at = branches.AtDirective(_text, start, end);
        _lineStart = true;
    }

    private bool Conflict()
    {
        var start = _at;
        SkipLine();
        if (branches.AtConflict(_text, start, _at) is not { } next)
        {
            _at = start;
            return false;
        }
        _at = next;
        _lineStart = true;
        return true;
    }

    private void CharacterLiteral()
    {
        meter.CountToken(_at);
        for (_at++; _at < _text.Length && !IsBreak(_text[_at]); _at++)
        {
            if (_text[_at] == '\'')
            {
                _at++;
                return;
            }
            if (_text[_at] == '\\' && _at + 1 < _text.Length && !IsBreak(_text[_at + 1])) _at++;
        }
    }

    private static bool IsBreak(char character) => character is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    // $ and @ in any order before a quote; else @name or a stray sign.
    private void Prefixed()
    {
        var start = _at;
        int dollars = 0, ats = 0;
        while (Peek(0) is '$' or '@')
        {
            if (_text[_at++] == '$') dollars++;
            else ats++;
        }
        if (Peek(0) == '"') StringLiteral(start, new StringForm(ats > 0, 0, dollars));
        else meter.CountToken(start);
    }

    private void StringLiteral(int start, StringForm form)
    {
        meter.CountToken(start);
        var quotes = 0;
        while (Peek(quotes) == '"') quotes++;
        if (quotes >= 3 && !form.Verbatim)
        {
            _at += quotes;
            StringContent(form with { Quotes = quotes });
        }
        else
        {
            _at++;
            StringContent(form);
        }
    }

    /// <summary>From inside a string to its end, or into its next hole.</summary>
    private void StringContent(StringForm form)
    {
        if (form.Quotes > 0) RawContent(form);
        else
            while (_at < _text.Length)
            {
                var character = _text[_at];
                if (character == '"' && form.Verbatim && Peek(1) == '"') _at += 2;
                else if (character == '"')
                {
                    _at++;
                    return;
                }
                else if (!form.Verbatim && IsBreak(character)) return;
                else if (character == '\\' && !form.Verbatim) _at += _at + 1 < _text.Length && IsBreak(_text[_at + 1]) ? 1 : 2;
                else if (character == '{' && form.Dollars > 0)
                {
                    if (Peek(1) == '{') _at += 2;
                    else
                    {
                        OpenHole(form, 1);
                        return;
                    }
                }
                else _at++;
            }
        _at = Math.Min(_at, _text.Length);
    }

    private void RawContent(StringForm form)
    {
        var isMultiLine = IsBlankToLineEnd();
        while (_at < _text.Length)
        {
            var character = _text[_at];
            if (character == '"')
            {
                var quotes = CountOf('"');
                _at += quotes;
                if (quotes >= form.Quotes) return;
            }
            else if (character == '{' && form.Dollars > 0)
            {
                var braces = CountOf('{');
                if (braces >= form.Dollars)
                {
                    _at += braces - form.Dollars;
                    OpenHole(form with { Verbatim = isMultiLine || form.Verbatim }, form.Dollars);
                    return;
                }
                _at += braces;
            }
            else if (IsBreak(character) && !isMultiLine && !form.Verbatim) return;
            else _at++;
        }
    }

    private bool IsBlankToLineEnd()
    {
        var at = _at;
        while (at < _text.Length && _text[at] is ' ' or '\t') at++;
        return at < _text.Length && IsBreak(_text[at]);
    }

    private int CountOf(char character)
    {
        var count = 0;
        while (Peek(count) == character) count++;
        return count;
    }

    private void OpenHole(StringForm form, int braces)
    {
        meter.Open('i', _at, _at + braces, isExpression: true);
        meter.Top.Form = form;
        _at += braces;
    }

    private void CloseBrace()
    {
        var (kind, form) = meter.Close('}', _at);
        if (kind != 'i')
        {
            _at++;
            return;
        }
        _at += Math.Min(Math.Max(1, form.Quotes > 0 ? form.Dollars : 1), CountOf('}'));
        StringContent(form);
    }

    // `:` at a hole's own level starts format text, in which brackets and quotes mean nothing.
    private void FormatClause()
    {
        var form = meter.Top.Form;
        while (_at < _text.Length && _text[_at] != '}')
        {
            if (!form.Verbatim && IsBreak(_text[_at])) return;
            if (_text[_at] == '"' && form.Quotes == 0 && !form.Verbatim) return;
            _at++;
        }
    }
}
