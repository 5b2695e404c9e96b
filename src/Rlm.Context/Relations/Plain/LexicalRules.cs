namespace Rlm.Context.Relations.Plain;

/// <summary>How comments and strings of a language are written, as far as it takes to tell code from them.</summary>
internal sealed record LexicalRules
{
    /// <summary>What begins a comment that ends with its line.</summary>
    public string[] LineComments { get; init; } = ["//"];

    /// <summary>Pairs of what begins and ends a comment.</summary>
    public (string Open, string Close)[] BlockComments { get; init; } = [("/*", "*/")];

    /// <summary>Whether a comment may hold comments.</summary>
    public bool NestsComments { get; init; }

    /// <summary>Strings, the longer opening first.</summary>
    public StringRule[] Strings { get; init; } = [new("\"", "\""), new("'", "'")];

    /// <summary>Whether <c>/…/</c> may be a regular expression.</summary>
    public bool HasRegexLiterals { get; init; }

    /// <summary>A lone quote may be something else than a character: <c>'a</c> in Rust, a tick in Lisp.</summary>
    public bool HasTicks { get; init; }

    /// <summary>Strings whose end repeats a sign of their beginning.</summary>
    public RawForm RawForm { get; init; }

    /// <summary>What announces a string on the lines below: <c>&lt;&lt;</c> or <c>&lt;&lt;&lt;</c>; null where there are none.</summary>
    public string? HeredocSign { get; init; }

    /// <summary>Whether a space may stand between that sign and the word; elsewhere it would be a shift.</summary>
    public bool HasSpacedHeredocs { get; init; }

    /// <summary>Signs that belong to names besides letters, digits and underscores.</summary>
    public string NameSigns { get; init; } = "";

    /// <summary>The rules of a language; null for one that is not read as code here.</summary>
    public static LexicalRules? Of(string language) => RulesByLanguage.Find(language);
}

/// <summary>One way to write a string.</summary>
/// <param name="Open">What begins it.</param>
/// <param name="Close">What ends it.</param>
/// <param name="IsMultiLine">Whether a line may end in it.</param>
/// <param name="Hole">What begins code inside it: <c>${</c>, <c>#{</c>, <c>{</c>, <c>\(</c>; null for none.</param>
/// <param name="HasEscapes">Whether a backslash takes the next sign with it.</param>
/// <param name="HasBareNames">Whether <c>$name</c> in it is code.</param>
internal sealed record StringRule(string Open, string Close, bool IsMultiLine = false, string? Hole = null, bool HasEscapes = true, bool HasBareNames = false);
