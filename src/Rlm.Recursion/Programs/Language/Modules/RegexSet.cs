using System.Text;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>A set of code points: ranges, and Python's categories (words are letters, numbers and <c>_</c>; spaces those of <c>str.isspace</c>).</summary>
internal sealed class RegexSet(bool negated, bool ascii, bool ignoresCase)
{
    private readonly List<(int Low, int High)> _ranges = [];
    private readonly StringBuilder _categories = new();
    private bool[]? _known;

    public static RegexSet Of(int code, bool ignoresCase)
    {
        var set = new RegexSet(false, false, ignoresCase);
        set.Add(code, code);
        return set;
    }

    public static RegexSet Any(bool withNewline)
    {
        var set = new RegexSet(!withNewline, false, false);
        if (withNewline) set.Add(0, 0x10FFFF);
        else set.Add('\n', '\n');
        return set;
    }

    /// <summary>The one character it matches; null when there are more.</summary>
    public string? Single => !negated && _categories.Length == 0 && _ranges is [var (low, high)] && low == high && !(ignoresCase && Variants(low).Any(code => code != low)) ? char.ConvertFromUtf32(low) : null;

    public void Add(int low, int high) => _ranges.Add((low, high));

    public void Add(char category) => _categories.Append(category);

    public bool Has(int code)
    {
        if (code >= 128) return Test(code);
        _known ??= [.. Enumerable.Range(0, 128).Select(Test)];
        return _known[code];
    }

    public static bool IsWord(int code, bool ascii)
    {
        if (code < 128) return char.IsAsciiLetterOrDigit((char)code) || code == '_';
        return !ascii && Rune.IsValid(code) && (StrTests.IsAlpha(new Rune(code)) || StrTests.IsNumeric(new Rune(code)));
    }

    private bool Test(int code) => (ignoresCase ? Variants(code).Any(Holds) : Holds(code)) != negated;

    private bool Holds(int code)
    {
        foreach (var (low, high) in _ranges)
            if (code >= low && code <= high) return true;
        for (var index = 0; index < _categories.Length; index++)
            if (Is(_categories[index], code)) return true;
        return false;
    }

    private bool Is(char category, int code) => category switch
    {
        'd' => ascii ? code is >= '0' and <= '9' : Rune.IsValid(code) && Rune.GetUnicodeCategory(new Rune(code)) == System.Globalization.UnicodeCategory.DecimalDigitNumber,
        'w' => IsWord(code, ascii),
        's' => ascii ? code is (>= '\t' and <= '\r') or ' ' : code <= 0xFFFF && StrTests.IsSpace((char)code),
        _ => !Is(char.ToLowerInvariant(category), code),
    };

    // Letters that fold in more ways are refused before.
    private static IEnumerable<int> Variants(int code)
    {
        yield return code;
        if (!Rune.IsValid(code)) yield break;
        var (lower, upper) = (Rune.ToLowerInvariant(new Rune(code)).Value, Rune.ToUpperInvariant(new Rune(code)).Value);
        if (lower != code) yield return lower;
        if (upper != code) yield return upper;
    }
}
