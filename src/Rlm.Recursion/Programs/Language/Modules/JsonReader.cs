using System.Globalization;
using System.Text;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>Reads JSON as CPython's decoder does, with its messages.</summary>
internal sealed class JsonReader(Machine machine, string text)
{
    private readonly Dictionary<string, string> _keys = [];
    private int _at;

    public object Read()
    {
        if (text.StartsWith('\uFEFF')) throw Error("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0);
        Space();
        var value = Value();
        Space();
        return _at == text.Length ? value : throw Error("Extra data", _at);
    }

    private object Value()
    {
        machine.Tick();
        if (_at >= text.Length) throw Error("Expecting value", _at);
        switch (text[_at])
        {
            case '"':
                _at++;
                return String();
            case '{':
                return Object();
            case '[':
                return Array();
            case 'n' when Word("null"):
                return PyNone.Value;
            case 't' when Word("true"):
                return Box.True;
            case 'f' when Word("false"):
                return Box.False;
            case 'N' when Word("NaN"):
                return double.NaN;
            case 'I' when Word("Infinity"):
                return double.PositiveInfinity;
            case '-' when Word("-Infinity"):
                return double.NegativeInfinity;
            default:
                return Number();
        }
    }

    private object Array()
    {
        machine.Enter();
        var items = new List<object>();
        _at++;
        Space();
        if (!Take(']'))
            while (true)
            {
                machine.Charge(PyList.ElementBytes);
                items.Add(Value());
                Space();
                if (Take(']')) break;
                if (!Take(',')) throw Error("Expecting ',' delimiter", _at);
                Space();
            }
        machine.Leave();
        return new PyList(items);
    }

    private object Object()
    {
        machine.Enter();
        var made = new PyDict();
        _at++;
        Space();
        if (!Take('}'))
            while (true)
            {
                if (!Take('"')) throw Error("Expecting property name enclosed in double quotes", _at);
                var key = String();
                Space();
                if (!Take(':')) throw Error("Expecting ':' delimiter", _at);
                Space();
                if (!_keys.TryGetValue(key, out var kept)) _keys[key] = kept = key;
                made.Set(machine, kept, Value());
                Space();
                if (Take('}')) break;
                if (!Take(',')) throw Error("Expecting ',' delimiter", _at);
                Space();
            }
        machine.Leave();
        return made;
    }

    private string String()
    {
        var begin = _at - 1;
        var end = text.AsSpan(_at).IndexOfAny('"', '\\');
        StringBuilder? made = null;
        while (true)
        {
            end = text.AsSpan(_at).IndexOfAny('"', '\\');
            var control = text.AsSpan(_at, end < 0 ? text.Length - _at : end).IndexOfAnyInRange('\0', '\x1f');
            if (control >= 0) throw Error("Invalid control character at", _at + control);
            if (end < 0) throw Error("Unterminated string starting at", begin);
            machine.ChargeText(end);
            var part = text.AsSpan(_at, end);
            _at += end + 1;
            if (text[_at - 1] == '"') return made is null ? part.ToString() : CodePoints.HasSurrogates(made.Append(part).ToString()) ? Whole(made.ToString()) : made.ToString();
            (made ??= new()).Append(part);
            Escape(made, begin);
        }
    }

    private static string Whole(string made) => ReferenceEquals(CodePoints.Repaired(made), made) || CodePoints.Repaired(made) == made ? made : throw Refuse.Here(Refusals.Surrogate);

    private void Escape(StringBuilder made, int begin)
    {
        if (_at >= text.Length) throw Error("Unterminated string starting at", begin);
        var mark = text[_at++];
        if (mark == 'u')
        {
            if (_at + 4 > text.Length || !text.AsSpan(_at, 4).ToArray().All(char.IsAsciiHexDigit)) throw Error("Invalid \\uXXXX escape", _at);
            made.Append((char)int.Parse(text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            _at += 4;
            return;
        }
        made.Append(mark switch { '"' or '\\' or '/' => mark, 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => throw Error("Invalid \\escape", _at - 2 + 0) });
    }

    private object Number()
    {
        var start = _at;
        var at = _at;
        if (at < text.Length && text[at] == '-') at++;
        if (at >= text.Length || !char.IsAsciiDigit(text[at])) throw Error("Expecting value", start);
        if (text[at] == '0') at++;
        else while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        var isFloat = false;
        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            isFloat = true;
            for (at++; at < text.Length && char.IsAsciiDigit(text[at]); at++) ;
        }
        if (at < text.Length && text[at] is 'e' or 'E' && at < text.Length)
        {
            var digits = at + 1 < text.Length && text[at + 1] is '+' or '-' ? at + 2 : at + 1;
            if (digits < text.Length && char.IsAsciiDigit(text[digits]))
            {
                isFloat = true;
                for (at = digits; at < text.Length && char.IsAsciiDigit(text[at]); at++) ;
            }
        }
        _at = at;
        var number = text[start..at];
        if (isFloat) return double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (number.Length > Numerals.MaxDigits) throw Raise.Value($"Exceeds the limit ({Numerals.MaxDigits} digits) for integer string conversion: value has {number.TrimStart('-').Length} digits; use sys.set_int_max_str_digits() to increase the limit");
        return Numerals.Parse(number, 10);
    }

    private bool Word(string word)
    {
        if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0) return false;
        _at += word.Length;
        return true;
    }

    private bool Take(char unit)
    {
        if (_at >= text.Length || text[_at] != unit) return false;
        _at++;
        return true;
    }

    private void Space()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\n' or '\r' && _at < text.Length) _at++;
    }

    private PyRaise Error(string message, int at)
    {
        var line = 1 + text.AsSpan(0, at).Count('\n');
        var column = at - text.AsSpan(0, at).LastIndexOf('\n');
        return Raise.Error("JSONDecodeError", $"{message}: line {line} column {column} (char {CodePoints.FromUnits(text, at)})");
    }
}
