using System.Text;
using System.Text.RegularExpressions;
using Rlm.Context.Outlines;

namespace Rlm.Context.Slices;

/// <summary>
/// What a caller wrote for a symbol: any suffix of its path at a name boundary, with <c>.</c>, <c>/</c> or <c>::</c> between names; parameter types and
/// arity may be left out; <c>~2</c> means the second in file order.
/// </summary>
internal sealed partial class SymbolQuery
{
    private readonly Regex _pattern;
    private readonly Regex? _memberPattern;
    private readonly bool _hasParameters;

    private SymbolQuery(string text, int? ordinal)
    {
        (Ordinal, _hasParameters) = (ordinal, text.EndsWith(')') || (text.EndsWith(']') && !text.EndsWith("[]", StringComparison.Ordinal)));
        if (_hasParameters) text = Blanks().Replace(text, "");
        _pattern = Pattern(text);
        // Paths of methods bear an arity only where overloads need it.
        var plain = MemberArity().Replace(text, "");
        _memberPattern = plain == text ? null : Pattern(plain);
    }

    /// <summary>The wanted one among equals, from 1 in file order; null for all.</summary>
    public int? Ordinal { get; }

    /// <summary>Identifiers that the text of a file with this symbol must contain, longest first.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    public static SymbolQuery Parse(string text)
    {
        var ordinal = OrdinalPattern().Match(text);
        if (ordinal.Success) text = text[..ordinal.Index];
        text = text.Trim();
        if (!text.Contains("operator", StringComparison.Ordinal)) text = text.Replace("::", ".", StringComparison.Ordinal);
        var open = text.EndsWith(')') ? OpenOf(text) : -1;
        var name = open >= 0 ? text[..open] : text;
        var parameters = open >= 0 ? Blanks().Replace(text[open..], "") : "";
        if (!name.Contains("operator", StringComparison.Ordinal)) name = WithArity(name.Replace('/', '.'));
        var words = Word().Matches(name).Select(match => match.Value).Where(word => !char.IsAsciiDigit(word[0])).Distinct().OrderByDescending(word => word.Length).ToArray();
        return new(name + parameters, ordinal.Success && int.TryParse(ordinal.Groups[1].ValueSpan, out var n) ? n : null) { Words = words, Name = NameOf(name), Holder = HolderOf(name) };
    }

    /// <summary>What the symbol's name is or ends in, behind a dot or slash; null where that is no plain identifier.</summary>
    public string? Name { get; private init; }

    /// <summary>What stands before the name: a name, or a part of one between dots or slashes, of something that holds the symbol in its file, or of itself. Null where that is no plain identifier.</summary>
    public string? Holder { get; private init; }

    /// <summary>True when the symbol's path ends in what was asked.</summary>
    public bool Matches(Symbol symbol)
    {
        var path = OrdinalPattern().Replace(symbol.Path, "");
        if (!_hasParameters && symbol.Kind is not (SymbolKinds.Heading or SymbolKinds.Key or SymbolKinds.Paragraph)) path = WithoutParameters(path);
        else path = Blanks().Replace(path, "");
        return _pattern.IsMatch(path) || (_memberPattern is not null && symbol.IsMember && _memberPattern.IsMatch(path));
    }

    private static string? NameOf(string name)
    {
        var last = ArityBefore().Replace(name[(name.LastIndexOf('.') + 1)..], "");
        return last.Length > 0 && last.All(c => char.IsLetterOrDigit(c) || c == '_') ? last : null;
    }

    private static string? HolderOf(string name) => name.LastIndexOf('.') is var dot and > 0 ? NameOf(name[..dot]) : null;

    // Wherever the caller left an arity out, the path may have one; it ends the path and begins at a name.
    private static Regex Pattern(string asked)
    {
        var pattern = new StringBuilder(@"(?:^|[./])");
        for (var at = 0; at < asked.Length; at++)
        {
            if (asked[at] is '.' or '/' or '(' && !ArityBefore().IsMatch(asked.AsSpan(0, at))) pattern.Append("(?:`[0-9]+)?");
            pattern.Append(Regex.Escape(asked[at].ToString()));
        }
        if (!ArityBefore().IsMatch(asked) && !asked.EndsWith(')')) pattern.Append("(?:`[0-9]+)?");
        return new(pattern.Append(@"\z").ToString(), RegexOptions.CultureInvariant);
    }

    private static string WithoutParameters(string path) =>
        path.EndsWith(')') && OpenOf(path) is var open and > 0 ? path[..open]
        : path.EndsWith(']') && path.LastIndexOf("this[", StringComparison.Ordinal) is var indexer and >= 0 ? path[..(indexer + "this[".Length)] + "]"
        : path;

    private static int OpenOf(string text)
    {
        var depth = 0;
        for (var at = text.Length - 1; at >= 0; at--)
            if (text[at] == ')') depth++;
            else if (text[at] == '(' && --depth == 0) return at;
        return -1;
    }

    // List<T> and Map<TKey, TValue> are written List`1 and Map`2 in paths.
    private static string WithArity(string name)
    {
        if (!name.Contains('<') || !name.Contains('>')) return name;
        var result = new StringBuilder();
        int depth = 0, count = 0;
        foreach (var c in name)
        {
            if (c == '<' && depth++ == 0) count = 1;
            else if (c == '>' && --depth == 0) result.Append('`').Append(count);
            else if (depth == 0) result.Append(c);
            else if (c == ',' && depth == 1) count++;
        }
        return result.ToString();
    }

    [GeneratedRegex(@"~([0-9]{1,6})\z")]
    private static partial Regex OrdinalPattern();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"`[0-9]+\z")]
    private static partial Regex ArityBefore();

    [GeneratedRegex(@"`[0-9]+(?=\([^.`]*\)\z|\z)")]
    private static partial Regex MemberArity();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
