using System.Text;

namespace Rlm.Context.Files.Ignore;

/// <summary>One element of a pattern in the gitignore dialect.</summary>
/// <param name="Kind">What it matches.</param>
/// <param name="Literal">The character of a literal.</param>
/// <param name="Class">The set of a class.</param>
internal readonly record struct GlobToken(GlobTokenKind Kind, char Literal = '\0', GlobClass? Class = null)
{
    /// <summary>How many characters it takes at the start of a text that is not empty; 0 when it does not match there. Not for stars.</summary>
    public int Take(ReadOnlySpan<char> text)
    {
        if (Kind == GlobTokenKind.Literal) return text[0] == Literal ? 1 : 0;
        Rune.DecodeFromUtf16(text, out var rune, out var length);
        return Kind == GlobTokenKind.AnyOne || Class!.Contains(rune.Value) ? length : 0;
    }
}

/// <summary>Kinds of <see cref="GlobToken"/>.</summary>
internal enum GlobTokenKind
{
    /// <summary>One given character.</summary>
    Literal,
    /// <summary><c>?</c></summary>
    AnyOne,
    /// <summary><c>[…]</c></summary>
    Class,
    /// <summary><c>*</c> within one path component.</summary>
    Star,
    /// <summary><c>**</c> as a whole path component.</summary>
    StarStar,
    /// <summary>Between path components.</summary>
    Slash,
}

/// <summary>A bracket expression: ranges of code points, perhaps negated.</summary>
internal sealed class GlobClass(List<(int Low, int High)> ranges, bool negated)
{
    /// <summary>True when the class matches the code point.</summary>
    public bool Contains(int value)
    {
        foreach (var (low, high) in ranges)
            if (value >= low && value <= high) return !negated;
        return negated;
    }
}
