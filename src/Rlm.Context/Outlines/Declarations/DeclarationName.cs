using System.Text.RegularExpressions;

namespace Rlm.Context.Outlines.Declarations;

/// <summary>The name of a declaration and its part of the path, from what the grammar calls its name.</summary>
/// <param name="Name">As written, without type arguments and quotes.</param>
/// <param name="Segment">With the type it is declared for, where that stands in its name or beside it: <c>Shop.Open</c>.</param>
internal readonly partial record struct DeclarationName(string Name, string Segment)
{
    private const int MaxOdd = 80;

    /// <summary>Reads a name.</summary>
    /// <param name="language">As languages have it.</param>
    /// <param name="written">The grammar's name; may be empty.</param>
    /// <param name="owner">The type that it is declared for, as written; may be empty.</param>
    public static DeclarationName Of(string language, string written, string owner)
    {
        var name = written.Contains('\n', StringComparison.Ordinal) || written.Contains("  ", StringComparison.Ordinal) ? SignatureText.Squeeze(written, 0, written.Length) : written;
        return language switch
        {
            "c" or "cpp" => OfC(name),
            "go" when owner.Length > 0 => new(name, Bare(owner) is { Length: > 0 } type ? type + "." + name : name),
            "javascript" or "typescript" or "tsx" => OfScript(name),
            "lua" => new(name, name.Replace(':', '.')),
            "ruby" => new(name, name.Replace("::", ".", StringComparison.Ordinal)),
            "php" => new(name, name.Replace('\\', '.')),
            _ => new(name, name),
        };
    }

    /// <summary>The plain name of a type as it is written for a declaration: <c>Shop</c> for <c>(s *Shop[T])</c>, <c>fmt::Shop&lt;'a&gt;</c> and <c>&amp;mut Shop</c>.</summary>
    public static string Bare(string type)
    {
        var plain = WithoutArguments(type.Trim().TrimStart('(').TrimEnd(')'));
        var end = plain.Length;
        while (end > 0 && !IsWord(plain[end - 1])) end--;
        var start = end;
        while (start > 0 && IsWord(plain[start - 1])) start--;
        return start < end ? plain[start..end] : SignatureText.Squeeze(type, 0, Math.Min(type.Length, MaxOdd));
    }

    private static DeclarationName OfC(string name)
    {
        if (name.IndexOf("operator", StringComparison.Ordinal) is >= 0 and var at && (at == 0 || name[at - 1] == ':'))
        {
            var paren = name.StartsWith("operator()", StringComparison.Ordinal) || name[at..].StartsWith("operator()", StringComparison.Ordinal) ? -1 : name.IndexOf('(', at);
            var sign = (paren < 0 ? name[at..] : name[at..paren]).TrimEnd();
            var scope = WithoutArguments(name[..at]);
            return new(scope + sign, Dotted(scope) + sign);
        }
        var plain = WithoutArguments(name);
        if (!Qualified().IsMatch(plain)) plain = Qualified().Match(Inner().Match(plain).Value) is { Success: true } inner ? inner.Value : plain;
        return new(plain, Dotted(plain));
    }

    private static string Dotted(string name) => name.Replace("::", ".", StringComparison.Ordinal);

    private static DeclarationName OfScript(string name)
    {
        if (name is ['"' or '\'', .. var quoted, '"' or '\'']) name = quoted;
        if (name.Length > MaxOdd) name = string.Concat(name.AsSpan(0, MaxOdd), "…");
        return new(name, name);
    }

    private static string WithoutArguments(string name)
    {
        if (!name.AsSpan().ContainsAny('<', '[')) return name;
        var kept = new System.Text.StringBuilder(name.Length);
        var depth = 0;
        foreach (var character in name)
            if (character is '<' or '[') depth++;
            else if (character is '>' or ']') depth = Math.Max(0, depth - 1);
            else if (depth == 0) kept.Append(character);
        return kept.ToString();
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '$';

    // std::vector, ~Shop, Shop::~Shop
    [GeneratedRegex(@"^(?:::)?(?:[\p{L}_$][\w$]*::)*~?[\p{L}_$][\w$]*$")]
    private static partial Regex Qualified();

    // The name inside a declarator: (*handler)(int), *next, buffer[10]
    [GeneratedRegex(@"(?:[\p{L}_$][\w$]*::)*~?[\p{L}_$][\w$]*")]
    private static partial Regex Inner();
}
