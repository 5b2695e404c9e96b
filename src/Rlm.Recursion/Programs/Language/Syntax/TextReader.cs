using System.Globalization;
using System.Text;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>Reads the inside of a string literal, escapes resolved.</summary>
internal sealed class TextReader(string text, int at, int line, string quote, bool raw)
{
    private readonly int _firstLine = line;
    private readonly StringBuilder _value = new();

    public int At { get; private set; } = at;

    public int Line { get; private set; } = line;

    /// <summary>The value; <see cref="At"/> is after the closing quote.</summary>
    public string Plain()
    {
        while (!AtQuote()) One();
        At += quote.Length;
        return _value.ToString();
    }

    /// <summary>The text of an f-string up to a field, the closing quote, or in a format its closing brace.</summary>
    public string UpToBrace(bool isSpec)
    {
        while (!AtQuote())
        {
            if (text[At] is '{' or '}')
            {
                if (text[At] == '}' && isSpec) break;
                if (At + 1 >= text.Length || text[At + 1] != text[At])
                {
                    if (text[At] == '{') break;
                    throw new ProgramSyntaxException("f-string: single '}' is not allowed", Line);
                }
                if (isSpec) break;
                At++;
            }
            One();
        }
        return _value.ToString();
    }

    private bool AtQuote()
    {
        if (At >= text.Length || quote.Length == 1 && text[At] == '\n')
            throw new ProgramSyntaxException(quote.Length == 3 ? $"unterminated triple-quoted string literal (detected at line {Line})" : $"unterminated string literal (detected at line {Line})", _firstLine);
        return string.CompareOrdinal(text, At, quote, 0, quote.Length) == 0;
    }

    private void One()
    {
        var unit = text[At];
        if (unit == '\n') Line++;
        if (unit != '\\' || At + 1 >= text.Length)
        {
            _value.Append(unit);
            At++;
        }
        else if (raw)
        {
            if (text[At + 1] == '\n') Line++;
            // A backslash keeps the quote after it from closing, but not a brace from opening a field.
            var both = text[At + 1] is not ('{' or '}');
            _value.Append(text, At, both ? 2 : 1);
            At += both ? 2 : 1;
        }
        else Escape();
    }

    private void Escape()
    {
        var mark = text[At + 1];
        At += 2;
        switch (mark)
        {
            case '\n':
                Line++;
                break;
            case '\\' or '\'' or '"':
                _value.Append(mark);
                break;
            case 'a' or 'b' or 'f' or 'n' or 'r' or 't' or 'v':
                _value.Append(mark switch { 'a' => '\a', 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => '\v' });
                break;
            case >= '0' and <= '7':
                Octal();
                break;
            case 'x':
                Hex(2, "x");
                break;
            case 'u':
                Hex(4, "u");
                break;
            case 'U':
                Hex(8, "U");
                break;
            case 'N':
                throw Refuse.Syntax(Refusals.NamedEscape, Line);
            default:
                // CPython keeps unknown escapes as they are, with a warning.
                _value.Append('\\');
                At--;
                break;
        }
    }

    private void Octal()
    {
        var code = text[At - 1] - '0';
        for (var digits = 1; digits < 3 && At < text.Length && text[At] is >= '0' and <= '7'; digits++) code = code * 8 + text[At++] - '0';
        _value.Append((char)code);
    }

    private void Hex(int digits, string mark)
    {
        if (At + digits > text.Length || !uint.TryParse(text.AsSpan(At, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw new ProgramSyntaxException($"(unicode error) 'unicodeescape' codec can't decode bytes: truncated \\{mark}{new string('X', digits)} escape", Line);
        At += digits;
        if (code > 0x10FFFF) throw new ProgramSyntaxException("(unicode error) 'unicodeescape' codec can't decode bytes: illegal Unicode character", Line);
        if (code is >= 0xD800 and <= 0xDFFF) throw Refuse.Syntax(Refusals.Surrogate, Line);
        _value.Append(char.ConvertFromUtf32((int)code));
    }
}
