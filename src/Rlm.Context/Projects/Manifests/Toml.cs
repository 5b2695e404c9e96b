using System.Text;

namespace Rlm.Context.Projects.Manifests;

/// <summary>
/// Reads TOML 1.0 (https://toml.io/en/v1.0.0) as far as manifests use it: tables, arrays of tables, dotted keys, strings of all four kinds, arrays, inline tables; other
/// values come as they are written. Keys of arrays of tables and elements of arrays bear their number: <c>bin.0.name</c>.
/// </summary>
public sealed class Toml
{
    private const int MaxDepth = 32;

    private readonly string _text;
    private readonly List<(string Key, string Value)> _values = [];
    private readonly Dictionary<string, int> _arrays = new(StringComparer.Ordinal);
    private int _at;

    private Toml(string text) => _text = text;

    /// <summary>All values by their full key, in file order.</summary>
    /// <exception cref="FormatException">It is broken; the message says where.</exception>
    public static IReadOnlyList<(string Key, string Value)> Read(string text)
    {
        var reader = new Toml(text.TrimStart('\uFEFF'));
        reader.Document();
        return reader._values;
    }

    /// <summary>Separates the parts of a key; no name may hold it.</summary>
    public const char Separator = '\u0001';

    private void Document()
    {
        var table = "";
        while (SkipToContent())
        {
            if (_text[_at] == '[') table = Header();
            else Pair(table, 0);
        }
    }

    private string Header()
    {
        var isArray = _at + 1 < _text.Length && _text[_at + 1] == '[';
        _at += isArray ? 2 : 1;
        var name = Key("");
        Expect(']');
        if (isArray) Expect(']');
        if (!isArray) return Numbered(name);
        var count = _arrays[name] = _arrays.GetValueOrDefault(name, -1) + 1;
        return $"{name}{Separator}{count}";
    }

    // [a.b] below [[a]] belongs to its last element.
    private string Numbered(string name) =>
        _arrays.Keys.Where(array => name.StartsWith(array + Separator, StringComparison.Ordinal)).MaxBy(array => array.Length) is { } array ? $"{array}{Separator}{_arrays[array]}{name[array.Length..]}" : name;

    private void Pair(string table, int depth)
    {
        var key = Key(table);
        Expect('=');
        Value(key, depth);
    }

    private string Key(string table)
    {
        var key = new StringBuilder(table);
        while (true)
        {
            SkipBlanks();
            if (key.Length > 0) key.Append(Separator);
            key.Append(Part());
            SkipBlanks();
            if (_at >= _text.Length || _text[_at] != '.') return key.ToString();
            _at++;
        }
    }

    private string Part()
    {
        if (_at < _text.Length && _text[_at] is '"' or '\'') return Quoted();
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-')) _at++;
        return _at > start ? _text[start.._at] : throw Broken("a key is missing");
    }

    private void Value(string key, int depth)
    {
        if (depth > MaxDepth) throw Broken("nested too deep");
        SkipBlanks();
        if (_at >= _text.Length) throw Broken("a value is missing");
        if (_text[_at] is '"' or '\'') _values.Add((key, Quoted()));
        else if (_text[_at] == '[') Array(key, depth);
        else if (_text[_at] == '{') Table(key, depth);
        else _values.Add((key, Bare()));
    }

    private void Array(string key, int depth)
    {
        _at++;
        for (var number = 0; SkipToContent(); number++)
        {
            if (_text[_at] == ']')
            {
                _at++;
                return;
            }
            Value($"{key}{Separator}{number}", depth + 1);
            if (SkipToContent() && _text[_at] == ',') _at++;
            else if (_at < _text.Length && _text[_at] != ']') throw Broken("a comma is missing");
        }
        throw Broken("an array does not close");
    }

    private void Table(string key, int depth)
    {
        _at++;
        while (SkipToContent())
        {
            if (_text[_at] == '}')
            {
                _at++;
                return;
            }
            Pair(key, depth + 1);
            if (SkipToContent() && _text[_at] == ',') _at++;
            else if (_at < _text.Length && _text[_at] != '}') throw Broken("a comma is missing");
        }
        throw Broken("a table does not close");
    }

    private string Quoted()
    {
        var quote = _text[_at];
        var triple = new string(quote, 3);
        if (string.CompareOrdinal(_text, _at, triple, 0, 3) == 0)
        {
            var end = _text.IndexOf(triple, _at + 3, StringComparison.Ordinal);
            if (end < 0) throw Broken("a string does not close");
            var value = _text[(_at + 3)..end].TrimStart('\r').TrimStart('\n');
            _at = end + 3;
            return value;
        }
        var result = new StringBuilder();
        for (_at++; _at < _text.Length && _text[_at] != '\n'; _at++)
        {
            if (_text[_at] == quote)
            {
                _at++;
                return result.ToString();
            }
            if (_text[_at] == '\\' && quote == '"' && _at + 1 < _text.Length) _at++;
            result.Append(_text[_at]);
        }
        throw Broken("a string does not close");
    }

    private string Bare()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is not (',' or ']' or '}' or '#' or '\n' or '\r')) _at++;
        var value = _text[start.._at].Trim();
        return value.Length > 0 && !value.Contains('=') ? value : throw Broken("a value is missing");
    }

    private void Expect(char sign)
    {
        SkipBlanks();
        if (_at >= _text.Length || _text[_at] != sign) throw Broken($"'{sign}' is missing");
        _at++;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t') _at++;
    }

    // Past blanks, line breaks and comments; false at the end.
    private bool SkipToContent()
    {
        for (; _at < _text.Length; _at++)
            if (_text[_at] == '#') _at = _text.IndexOf('\n', _at) is var end and >= 0 ? end : _text.Length - 1;
            else if (!char.IsWhiteSpace(_text[_at])) return true;
        return false;
    }

    private FormatException Broken(string why) => new($"TOML is broken at line {_text.AsSpan(0, Math.Min(_at, _text.Length)).Count('\n') + 1}: {why}");
}
