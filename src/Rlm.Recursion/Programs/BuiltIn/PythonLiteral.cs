using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Rlm.Recursion.Programs.BuiltIn;

/// <summary>Reads what <c>repr</c> gives of plain data (None, bool, int, float, str, list, tuple, dict with str keys) as JSON.</summary>
internal sealed class PythonLiteral
{
    private const int Deepest = 60;

    private readonly string _text;
    private int _at;

    private PythonLiteral(string text) => _text = text;

    /// <summary>The value; null where the text is anything else, or None.</summary>
    public static JsonNode? Parse(string text)
    {
        var reader = new PythonLiteral(text);
        return reader.TryValue(0, out var value) && reader._at == text.Length ? value : null;
    }

    private bool TryValue(int depth, out JsonNode? value)
    {
        value = null;
        if (_at >= _text.Length || depth > Deepest) return false;
        switch (_text[_at])
        {
            case '[': return TryList(']', depth, out value);
            case '(': return TryList(')', depth, out value);
            case '{': return TryDict(depth, out value);
            case '\'' or '"':
                var isText = TryText(out var text);
                value = text;
                return isText;
            default: return TryWord(out value);
        }
    }

    private bool TryList(char end, int depth, out JsonNode? value)
    {
        var list = new JsonArray();
        value = list;
        for (_at++; _at < _text.Length; Skip(", "))
        {
            if (Skip(end.ToString())) return true;
            if (!TryValue(depth + 1, out var item)) return false;
            list.Add(item);
            if (Skip(end.ToString()) || (end == ')' && Skip(",)"))) return true;
        }
        return false;
    }

    private bool TryDict(int depth, out JsonNode? value)
    {
        var dict = new JsonObject();
        value = dict;
        for (_at++; _at < _text.Length; Skip(", "))
        {
            if (Skip("}")) return true;
            if (!TryText(out var name) || !Skip(": ") || !TryValue(depth + 1, out var item)) return false;
            dict[name!] = item;
            if (Skip("}")) return true;
        }
        return false;
    }

    private bool TryText(out string? text)
    {
        text = null;
        if (_at >= _text.Length || _text[_at] is not ('\'' or '"')) return false;
        var quote = _text[_at++];
        var read = new StringBuilder();
        for (; _at < _text.Length; _at++)
        {
            if (_text[_at] == quote)
            {
                _at++;
                text = read.ToString();
                return true;
            }
            if (_text[_at] != '\\') read.Append(_text[_at]);
            else if (!TryEscape(read)) return false;
        }
        return false;
    }

    private bool TryEscape(StringBuilder read)
    {
        if (++_at >= _text.Length) return false;
        switch (_text[_at])
        {
            case 'n': read.Append('\n'); return true;
            case 'r': read.Append('\r'); return true;
            case 't': read.Append('\t'); return true;
            case '\\' or '\'' or '"': read.Append(_text[_at]); return true;
            case 'x': return TryCode(2, read);
            case 'u': return TryCode(4, read);
            case 'U': return TryCode(8, read);
            default: return false;
        }
    }

    private bool TryCode(int digits, StringBuilder read)
    {
        if (_at + digits >= _text.Length || !int.TryParse(_text.AsSpan(_at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code)) return false;
        read.Append(new Rune(code).ToString());
        _at += digits;
        return true;
    }

    private bool TryWord(out JsonNode? value)
    {
        var end = _at;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] is '.' or '-' or '+')) end++;
        var word = _text[_at..end];
        _at = end;
        value = word switch { "True" => true, "False" => false, _ => null };
        if (value is not null || word == "None") return true;
        if (word.Length == 0 || !(char.IsAsciiDigit(word[^1]) && (char.IsAsciiDigit(word[0]) || word[0] == '-')) || !double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) return false;
        value = JsonNode.Parse(word);
        return true;
    }

    private bool Skip(string text)
    {
        if (string.CompareOrdinal(_text, _at, text, 0, text.Length) != 0) return false;
        _at += text.Length;
        return true;
    }
}
