namespace Rlm.Context.Outlines.CSharp;

/// <summary>Conditions of <c>#if</c>: names, <c>true</c>, <c>false</c>, <c>! &amp;&amp; || == != ( )</c> (C# specification 6.5.3).</summary>
internal ref struct Condition
{
    private const int MaxDepth = 100;

    private readonly HashSet<string> _defined;
    private ReadOnlySpan<char> _rest;
    private int _depth;

    private Condition(ReadOnlySpan<char> text, HashSet<string> defined)
    {
        _rest = text;
        _defined = defined;
    }

    /// <summary>True when it holds with only these symbols defined; what cannot be read counts as false.</summary>
    public static bool Evaluate(ReadOnlySpan<char> text, HashSet<string> defined) => new Condition(text, defined).Or();

    private bool Or()
    {
        var value = And();
        while (Take("||")) value |= And();
        return value;
    }

    private bool And()
    {
        var value = Equality();
        while (Take("&&")) value &= Equality();
        return value;
    }

    private bool Equality()
    {
        var value = Unary();
        while (true)
        {
            if (Take("==")) value = value == Unary();
            else if (Take("!=")) value = value != Unary();
            else return value;
        }
    }

    private bool Unary()
    {
        var isNegated = false;
        while (_rest.TrimStart() is not ['!', '=', ..] && Take("!")) isNegated = !isNegated;
        return isNegated != Primary();
    }

    private bool Primary()
    {
        if (Take("("))
        {
            if (++_depth > MaxDepth) return false;
            var value = Or();
            Take(")");
            return value;
        }
        _rest = _rest.TrimStart();
        var length = 0;
        while (length < _rest.Length && (char.IsLetterOrDigit(_rest[length]) || _rest[length] == '_')) length++;
        var word = _rest[..length];
        _rest = _rest[length..];
        return word is "true" || (word is not "false" && _defined.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word));
    }

    private bool Take(string sign)
    {
        var rest = _rest.TrimStart();
        if (!rest.StartsWith(sign)) return false;
        _rest = rest[sign.Length..];
        return true;
    }
}
