using System.Text;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>A set of characters, with Python's categories spelled out: its words are letters, numbers and <c>_</c>; its spaces are those of <c>str.isspace</c>.</summary>
internal sealed class RegexClass(bool negated, bool ascii)
{
    private const string Word = "\\p{L}\\p{N}_", NotWord = "\\p{M}\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}\\u203F\\u2040\\u2054\\uFE33\\uFE34\\uFE4D-\\uFE4F\\uFF3F\\p{S}\\p{Z}\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}";
    private const string Space = "\\u0009-\\u000D\\u001C-\\u0020\\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000";
    private const string NotSpace = "\\u0000-\\u0008\\u000E-\\u001B\\u0021-\\u0084\\u0086-\\u009F\\u00A1-\\u167F\\u1681-\\u1FFF\\u200B-\\u2027\\u202A-\\u202E\\u2030-\\u205E\\u2060-\\u2FFF\\u3001-\\uD7FF\\uE000-\\uFFFF";
    private readonly StringBuilder _members = new();
    private readonly List<(int Low, int High)> _astral = [];
    private bool _hasNegative;

    public bool HasCategories { get; private set; }

    public static RegexPiece Literal(int code)
    {
        var text = code > 0xFFFF ? $"(?:{Unit(char.ConvertFromUtf32(code)[0])}{Unit(char.ConvertFromUtf32(code)[1])})" : Unit((char)code);
        return new(text, false);
    }

    public void Add(int low, int high)
    {
        if (low <= 0xFFFF) _members.Append(Unit((char)low)).Append(high > low ? "-" + Unit((char)Math.Min(high, 0xFFFF)) : "");
        if (high > 0xFFFF) _astral.Add((Math.Max(low, 0x10000), high));
    }

    public void Add(char category)
    {
        HasCategories = true;
        _hasNegative |= char.IsUpper(category);
        _members.Append(ascii ? OfAscii(category) : category switch { 'd' => "\\p{Nd}", 'D' => "\\P{Nd}", 'w' => Word, 'W' => NotWord, 's' => Space, _ => NotSpace });
    }

    public RegexPiece ToPiece()
    {
        var members = _members.ToString();
        // An empty class cannot be written; surrogates never stand alone in a text, so they say "none".
        var narrow = negated ? $"[^{members}\\uD800-\\uDFFF]" : members.Length == 0 ? "[\\uD800-[\\uD800]]" : $"[{members}-[\\uD800-\\uDFFF]]";
        var pairs = Pairs();
        return new(narrow, pairs.Length == 0 ? narrow : $"(?:{narrow}|{pairs})", false, false, 1);
    }

    // The astral part: categories such as \W hold all of it, because texts where they would not are refused.
    private string Pairs()
    {
        if (!negated) return _hasNegative ? Pair(0x10000, 0x10FFFF) : string.Join('|', _astral.Select(range => Pair(range.Low, range.High)));
        if (_hasNegative) return "";
        var open = new List<string>();
        var next = 0x10000;
        foreach (var (low, high) in _astral.Order())
        {
            if (low > next) open.Add(Pair(next, low - 1));
            next = Math.Max(next, high + 1);
        }
        if (next <= 0x10FFFF) open.Add(Pair(next, 0x10FFFF));
        return string.Join('|', open);
    }

    private static string Pair(int low, int high)
    {
        var (first, last) = (char.ConvertFromUtf32(low), char.ConvertFromUtf32(high));
        if (first[0] == last[0]) return $"{Unit(first[0])}[{Unit(first[1])}-{Unit(last[1])}]";
        var parts = new List<string> { $"{Unit(first[0])}[{Unit(first[1])}-\\uDFFF]" };
        if (last[0] - first[0] > 1) parts.Add($"[{Unit((char)(first[0] + 1))}-{Unit((char)(last[0] - 1))}][\\uDC00-\\uDFFF]");
        parts.Add($"{Unit(last[0])}[\\uDC00-{Unit(last[1])}]");
        return string.Join('|', parts);
    }

    private static string OfAscii(char category) => category switch
    {
        'd' => "0-9",
        'D' => "\\u0000-/:-\\uD7FF\\uE000-\\uFFFF",
        'w' => "a-zA-Z0-9_",
        'W' => "\\u0000-/:-@\\u005B-\\u005E`\\u007B-\\uD7FF\\uE000-\\uFFFF",
        's' => "\\u0009-\\u000D\\u0020",
        _ => "\\u0000-\\u0008\\u000E-\\u001F\\u0021-\\uD7FF\\uE000-\\uFFFF",
    };

    private static string Unit(char unit) => char.IsAsciiLetterOrDigit(unit) ? unit.ToString() : $"\\u{(int)unit:X4}";
}
