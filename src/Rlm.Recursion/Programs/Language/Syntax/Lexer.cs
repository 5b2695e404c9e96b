using System.Globalization;
using System.Numerics;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>Cuts a program into tokens, with indentation, after Python's reference, chapter 2.</summary>
internal sealed class Lexer
{
    private const int MaxNesting = 200, MaxIndents = 100;
    private static readonly string[] Operators = ["**=", "//=", ">>=", "<<=", "...", "!=", "==", "<=", ">=", "->", ":=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", "**", "//", "<<", ">>", "+", "-", "*", "/", "%", "&", "|", "^", "~", "<", ">", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "=", "@"];
    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private readonly Stack<(char Open, int Line)> _open = new();
    private int _at, _line = 1, _fields;

    private Lexer(string text) => _text = text;

    public static List<Token> Read(string code)
    {
        var text = CodePoints.Repaired(code).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        if (text.StartsWith('\uFEFF')) text = text[1..];
        if (text.Contains('\0', StringComparison.Ordinal)) throw new ProgramSyntaxException("source code cannot contain null bytes", 0);
        return new Lexer(text).Run();
    }

    private List<Token> Run()
    {
        var indents = new Stack<(int Width, int Alternative)>();
        indents.Push((0, 0));
        while (_at < _text.Length)
        {
            if (Indentation() is { } indent) Indent(indents, indent);
            Line();
        }
        if (_open.TryPeek(out var open)) throw new ProgramSyntaxException($"'{open.Open}' was never closed", open.Line);
        if (_tokens.Count > 0 && _tokens[^1].Kind != TokenKind.Newline && _tokens[^1].Kind != TokenKind.Dedent) Add(TokenKind.Newline, "");
        for (; indents.Count > 1; indents.Pop()) Add(TokenKind.Dedent, "");
        Add(TokenKind.End, "");
        return _tokens;
    }

    // The width of the next line's indentation; null where the line is empty or a comment.
    private (int, int)? Indentation()
    {
        int width = 0, alternative = 0;
        for (; _at < _text.Length && _text[_at] is ' ' or '\t' or '\f'; _at++)
        {
            if (_text[_at] == '\f') (width, alternative) = (0, 0);
            else if (_text[_at] == ' ') (width, alternative) = (width + 1, alternative + 1);
            else (width, alternative) = (width / 8 * 8 + 8, alternative + 1);
        }
        return _at >= _text.Length || _text[_at] is '\n' or '#' ? null : (width, alternative);
    }

    private void Indent(Stack<(int Width, int Alternative)> indents, (int Width, int Alternative) indent)
    {
        if (indent.Width == indents.Peek().Width || indent.Alternative == indents.Peek().Alternative)
        {
            if (indent != indents.Peek()) throw new ProgramSyntaxException("inconsistent use of tabs and spaces in indentation", _line, "TabError");
            return;
        }
        if (indent.Width > indents.Peek().Width)
        {
            if (indents.Count >= MaxIndents) throw new ProgramSyntaxException("too many levels of indentation", _line, "IndentationError");
            indents.Push(indent);
            Add(TokenKind.Indent, "");
            return;
        }
        while (indent.Width < indents.Peek().Width)
        {
            indents.Pop();
            Add(TokenKind.Dedent, "");
        }
        if (indent.Width != indents.Peek().Width) throw new ProgramSyntaxException("unindent does not match any outer indentation level", _line, "IndentationError");
    }

    // One logical line, with its end.
    private void Line()
    {
        var first = _tokens.Count;
        while (_at < _text.Length)
        {
            if (_text[_at] == '\n' && _open.Count == 0)
            {
                if (_tokens.Count > first) Add(TokenKind.Newline, "");
                _at++;
                _line++;
                return;
            }
            Next();
        }
    }

    private void Next()
    {
        var unit = _text[_at];
        if (unit == '\n')
        {
            _at++;
            _line++;
        }
        else if (unit is ' ' or '\t' or '\f') _at++;
        else if (unit == '#')
        {
            while (_at < _text.Length && _text[_at] != '\n') _at++;
        }
        else if (unit == '\\') Continuation();
        else if (char.IsAsciiDigit(unit) || unit == '.' && char.IsAsciiDigit(Peek(1))) Number();
        else if (IsStart(unit)) NameOrText();
        else if (unit is '"' or '\'') Text("");
        else Operator();
    }

    private void Continuation()
    {
        if (Peek(1) != '\n') throw new ProgramSyntaxException("unexpected character after line continuation character", _line);
        _at += 2;
        _line++;
        if (_at >= _text.Length) throw new ProgramSyntaxException("unexpected EOF while parsing", _line);
    }

    private void NameOrText()
    {
        var start = _at;
        while (_at < _text.Length && (IsStart(_text[_at]) || char.IsDigit(_text[_at]) || CharUnicodeInfo.GetUnicodeCategory(_text[_at]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation)) _at++;
        var name = _text[start.._at];
        if (_at < _text.Length && _text[_at] is '"' or '\'' && name.Length <= 2 && name.ToLowerInvariant() is "r" or "f" or "b" or "u" or "rf" or "fr" or "rb" or "br") Text(name.ToLowerInvariant());
        else Add(TokenKind.Name, name.IsNormalized(System.Text.NormalizationForm.FormKC) ? name : name.Normalize(System.Text.NormalizationForm.FormKC));
    }

    private static bool IsStart(char unit) => char.IsLetter(unit) || unit == '_' || CharUnicodeInfo.GetUnicodeCategory(unit) == UnicodeCategory.LetterNumber;

    private void Operator()
    {
        var found = Array.Find(Operators, candidate => string.CompareOrdinal(_text, _at, candidate, 0, candidate.Length) == 0);
        if (found is null) throw new ProgramSyntaxException(_text[_at] < 128 ? "invalid syntax" : $"invalid character '{char.ConvertFromUtf32(char.ConvertToUtf32(_text, _at))}' (U+{char.ConvertToUtf32(_text, _at):X4})", _line);
        if (found is "(" or "[" or "{")
        {
            if (_open.Count >= MaxNesting) throw new ProgramSyntaxException("too many nested parentheses", _line);
            _open.Push((found[0], _line));
        }
        else if (found is ")" or "]" or "}") Close(found[0]);
        Add(TokenKind.Operator, found);
        _at += found.Length;
    }

    private void Close(char close)
    {
        if (!_open.TryPop(out var open)) throw new ProgramSyntaxException($"unmatched '{close}'", _line);
        if ((open.Open, close) is ('(', ')') or ('[', ']') or ('{', '}')) return;
        throw new ProgramSyntaxException(open.Line == _line ? $"closing parenthesis '{close}' does not match opening parenthesis '{open.Open}'" : $"closing parenthesis '{close}' does not match opening parenthesis '{open.Open}' on line {open.Line}", _line);
    }

    private void Number()
    {
        var start = _at;
        if (_text[_at] == '0' && Peek(1) is var mark && char.ToLowerInvariant(mark) is 'x' or 'o' or 'b')
        {
            _at += 2;
            Digits(char.IsAsciiHexDigit);
            var digits = _text[(start + 2).._at].Replace("_", "", StringComparison.Ordinal);
            var radix = char.ToLowerInvariant(_text[start + 1]) switch { 'x' => 16, 'o' => 8, _ => 2 };
            if (digits.Length == 0 || digits.Any(digit => Convert.ToInt32(digit.ToString(), 16) >= radix)) throw new ProgramSyntaxException($"invalid {(radix == 16 ? "hexadecimal" : radix == 8 ? "octal" : "binary")} literal", _line);
            Add(TokenKind.Number, "", Numerals.Parse(digits, radix));
        }
        else Decimal(start);
        if (_at < _text.Length && (IsStart(_text[_at]) || char.IsAsciiDigit(_text[_at])))
        {
            if (_text[_at] is 'j' or 'J') throw Refuse.Syntax(Refusals.Complex, _line);
            var word = _text[_at..];
            // "1if x else y" is allowed by CPython with a warning.
            if (!Array.Exists(["and", "else", "for", "if", "in", "is", "or", "not"], keyword => word.StartsWith(keyword, StringComparison.Ordinal))) throw new ProgramSyntaxException("invalid decimal literal", _line);
        }
    }

    private void Decimal(int start)
    {
        Digits(char.IsAsciiDigit);
        var isFloat = false;
        if (Peek(0) == '.')
        {
            isFloat = true;
            _at++;
            if (char.IsAsciiDigit(Peek(0))) Digits(char.IsAsciiDigit);
        }
        if (Peek(0) is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2))))
        {
            isFloat = true;
            _at += 2;
            Digits(char.IsAsciiDigit);
        }
        var digits = _text[start.._at].Replace("_", "", StringComparison.Ordinal);
        if (isFloat) Add(TokenKind.Number, "", double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture));
        else
        {
            if (digits.Length > 1 && digits[0] == '0' && digits.Trim('0').Length > 0) throw new ProgramSyntaxException("leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers", _line);
            if (digits.Length > Numerals.MaxDigits) throw new ProgramSyntaxException($"Exceeds the limit (4300 digits) for integer string conversion: value has {digits.Length} digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.", _line);
            Add(TokenKind.Number, "", Numerals.Parse(digits, 10));
        }
    }

    private void Digits(Func<char, bool> isDigit)
    {
        while (_at < _text.Length && (isDigit(_text[_at]) || _text[_at] == '_'))
        {
            if (_text[_at] == '_' && !isDigit(Peek(1))) throw new ProgramSyntaxException("invalid decimal literal", _line);
            _at++;
        }
    }

    private void Text(string prefix)
    {
        if (prefix.Contains('b', StringComparison.Ordinal)) throw Refuse.Syntax(Refusals.Bytes, _line);
        var quote = _text[_at].ToString();
        var line = _line;
        if (Peek(1) == quote[0] && Peek(2) == quote[0]) quote = new string(quote[0], 3);
        _at += quote.Length;
        var raw = prefix.Contains('r', StringComparison.Ordinal);
        if (prefix.Contains('f', StringComparison.Ordinal)) _tokens.Add(new(TokenKind.Format, "", line, Format(quote, raw, line)));
        else
        {
            var reader = new TextReader(_text, _at, _line, quote, raw);
            var value = reader.Plain();
            (_at, _line) = (reader.At, reader.Line);
            _tokens.Add(new(TokenKind.Text, "", line, value));
        }
    }

    // The parts of an f-string up to its closing quote; with an empty quote those of a format, up to the closing brace.
    private List<FormatPart> Format(string quote, bool raw, int line, bool isSpec = false)
    {
        if (++_fields > 50) throw new ProgramSyntaxException("f-string: expressions nested too deeply", _line);
        var parts = new List<FormatPart>();
        while (true)
        {
            var reader = new TextReader(_text, _at, _line, quote, raw);
            var text = reader.UpToBrace(isSpec);
            (_at, _line) = (reader.At, reader.Line);
            if (text.Length > 0) parts.Add(new(text));
            if (isSpec && Peek(0) == '}' || !isSpec && Ends(quote)) break;
            if (_at >= _text.Length || Peek(0) != '{') throw new ProgramSyntaxException(quote.Length == 3 ? $"unterminated triple-quoted f-string literal (detected at line {_line})" : $"unterminated string literal (detected at line {_line})", line);
            _at++;
            Field(parts, quote, raw, line);
        }
        if (!isSpec) _at += quote.Length;
        _fields--;
        return parts;
    }

    private bool Ends(string quote) => string.CompareOrdinal(_text, _at, quote, 0, quote.Length) == 0;

    private void Field(List<FormatPart> parts, string quote, bool raw, int line)
    {
        var start = _at;
        var depth = _open.Count;
        var first = _tokens.Count;
        while (!AtFieldEnd(depth))
        {
            if (_at >= _text.Length) throw new ProgramSyntaxException("f-string: expecting '}'", line);
            Next();
        }
        var tokens = _tokens[first..];
        _tokens.RemoveRange(first, tokens.Count);
        if (tokens.Count == 0) throw new ProgramSyntaxException("f-string: empty expression not allowed", line);
        tokens.Add(new(TokenKind.End, "", _line));
        var debug = false;
        if (Peek(0) == '=')
        {
            _at++;
            while (Peek(0) is ' ') _at++;
            debug = true;
            parts.Add(new(_text[start.._at]));
        }
        var conversion = '\0';
        if (Peek(0) == '!')
        {
            conversion = Peek(1);
            if (conversion is not ('r' or 's' or 'a')) throw new ProgramSyntaxException("f-string: invalid conversion character: expected 's', 'r', or 'a'", line);
            _at += 2;
        }
        List<FormatPart>? format = null;
        if (Peek(0) == ':')
        {
            _at++;
            format = Format(quote, raw, line, isSpec: true);
        }
        if (Peek(0) != '}') throw new ProgramSyntaxException("f-string: expecting '}'", line);
        _at++;
        parts.Add(new("", tokens, debug && conversion == '\0' && format is null ? 'r' : conversion, format));
    }

    private bool AtFieldEnd(int depth)
    {
        if (_open.Count > depth || _at >= _text.Length) return false;
        if (Peek(0) is '}' or ':') return true;
        if (Peek(0) == '!') return Peek(1) != '=';
        if (Peek(0) != '=' || Peek(1) == '=') return false;
        var after = _at + 1;
        while (after < _text.Length && _text[after] == ' ') after++;
        return after < _text.Length && _text[after] is '}' or ':' or '!';
    }

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private void Add(TokenKind kind, string text, object? value = null) => _tokens.Add(new(kind, text, _line, value));
}
