using System.Globalization;

namespace Rlm.Context.Binding.Projects;

/// <summary>
/// Decides the <c>Condition</c> of a project file's element: comparisons of texts and numbers, <c>and</c>, <c>or</c>, <c>!</c>, <c>Exists</c>, <c>HasTrailingSlash</c>
/// (MSBuild reference, "Conditions"). What it cannot read counts as false, and <see cref="IsUnderstood"/> tells.
/// </summary>
internal sealed class ConditionReader
{
    private const int MaxDepth = 40;

    private readonly PropertyBag _properties;
    private readonly string _text;
    private int _at, _depth;

    private ConditionReader(string text, PropertyBag properties) => (_text, _properties) = (text, properties);

    /// <summary>False once something could not be read.</summary>
    public bool IsUnderstood { get; private set; } = true;

    /// <summary>Decides one; an empty condition holds.</summary>
    public static bool Holds(string? condition, PropertyBag properties, Action<string> note)
    {
        if (string.IsNullOrWhiteSpace(condition)) return true;
        var reader = new ConditionReader(condition, properties);
        var holds = reader.Or();
        reader.Skip();
        if (reader.IsUnderstood && reader._at == condition.Length) return holds;
        note($"condition not understood: {(condition.Length > 80 ? condition[..80] + "…" : condition)}");
        return false;
    }

    private bool Or()
    {
        var value = And();
        while (Take("or")) value = And() | value;
        return value;
    }

    private bool And()
    {
        var value = Not();
        while (Take("and")) value = Not() & value;
        return value;
    }

    private bool Not()
    {
        Skip();
        if (++_depth > MaxDepth) IsUnderstood = false;
        if (!IsUnderstood) return false;
        var value = Peek() == '!' ? Negated() : Peek() == '(' ? Group() : Compare();
        _depth--;
        return value;
    }

    private bool Negated()
    {
        _at++;
        return !Not();
    }

    private bool Group()
    {
        _at++;
        var value = Or();
        Skip();
        if (Peek() == ')') _at++;
        else IsUnderstood = false;
        return value;
    }

    private bool Compare()
    {
        var left = Operand();
        Skip();
        foreach (var sign in (string[])["==", "!=", "<=", ">=", "<", ">"])
        {
            if (!Ahead(sign)) continue;
            _at += sign.Length;
            return Compare(left, sign, Operand());
        }
        return left.Equals("true", StringComparison.OrdinalIgnoreCase) || left.Equals("on", StringComparison.OrdinalIgnoreCase) || left.Equals("yes", StringComparison.OrdinalIgnoreCase);
    }

    private bool Compare(string left, string sign, string right)
    {
        if (sign is "==" or "!=") return (left.Equals(right, StringComparison.OrdinalIgnoreCase) || (Number(left) is { } one && Number(right) is { } two && one == two)) == (sign == "==");
        if ((Number(left), Number(right)) is not ({ } a, { } b))
        {
            if (!Version.TryParse(left, out var older) || !Version.TryParse(right, out var newer)) return IsUnderstood = false;
            return Order(older.CompareTo(newer), sign);
        }
        return Order(a.CompareTo(b), sign);
    }

    private static bool Order(int order, string sign) => sign switch { "<" => order < 0, ">" => order > 0, "<=" => order <= 0, _ => order >= 0 };

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string Operand()
    {
        Skip();
        if (Peek() == '\'')
        {
            var end = _text.IndexOf('\'', _at + 1);
            // Quotes inside a property function do not end the text.
            while (end >= 0 && OpenFunctions(_text.AsSpan(_at + 1, end - _at - 1)) > 0) end = _text.IndexOf('\'', end + 1);
            if (end < 0)
            {
                IsUnderstood = false;
                return "";
            }
            var quoted = _text[(_at + 1)..end];
            _at = end + 1;
            return _properties.Expand(quoted);
        }
        var start = _at;
        for (var depth = 0; _at < _text.Length && (depth > 0 || !(char.IsWhiteSpace(_text[_at]) || _text[_at] is '=' or '!' or '<' or '>' or ')')); _at++)
            depth += _text[_at] == '(' ? 1 : _text[_at] == ')' ? -1 : 0;
        var word = _text[start.._at];
        if (word.Length == 0) IsUnderstood = false;
        if (word.StartsWith("Exists(", StringComparison.OrdinalIgnoreCase)) return _properties.Exists(Inner(word)) ? "true" : "false";
        if (word.StartsWith("HasTrailingSlash(", StringComparison.OrdinalIgnoreCase)) return Inner(word) is [.., '/' or '\\'] ? "true" : "false";
        return _properties.Expand(word);
    }

    private string Inner(string call) => _properties.Expand(call[(call.IndexOf('(', StringComparison.Ordinal) + 1)..^(call.EndsWith(')') ? 1 : 0)].Trim().Trim('\''));

    private static int OpenFunctions(ReadOnlySpan<char> text)
    {
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '(' && (depth > 0 || (at > 0 && text[at - 1] == '$'))) depth++;
            else if (text[at] == ')' && depth > 0) depth--;
        }
        return depth;
    }

    private bool Take(string word)
    {
        Skip();
        if (!Ahead(word) || (_at + word.Length < _text.Length && char.IsLetterOrDigit(_text[_at + word.Length]))) return false;
        _at += word.Length;
        return true;
    }

    private bool Ahead(string word) => string.Compare(_text, _at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0;

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private void Skip()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }
}
