namespace Rlm.Context.Outlines.Declarations;

/// <summary>What the text around a declaration looks like in a language: enough to find where its header ends and which comments stand above it.</summary>
internal readonly record struct DeclarationSyntax
{
    private DeclarationSyntax(string language) =>
        (IsPython, IsRuby, IsLua, IsBash, HasHashComments, HasDashComments, HasCharacterLiterals, EndsAtEquals, HasAnnotations) =
        (language is "python", language is "ruby", language is "lua", language is "bash", language is "python" or "ruby" or "bash" or "php", language is "lua",
         language is "rust" or "scala" or "kotlin" or "c" or "cpp" or "java" or "swift" or "go", language is "kotlin" or "scala", language is "java" or "kotlin" or "swift" or "scala" or "php");

    public bool IsPython { get; }

    public bool IsRuby { get; }

    public bool IsLua { get; }

    public bool IsBash { get; }

    /// <summary><c>#</c> begins a comment.</summary>
    public bool HasHashComments { get; }

    /// <summary><c>--</c> begins a comment.</summary>
    public bool HasDashComments { get; }

    /// <summary>A single quote encloses one character, or is none at all (<c>'a</c> in Rust).</summary>
    public bool HasCharacterLiterals { get; }

    /// <summary>A body may follow an equals sign.</summary>
    public bool EndsAtEquals { get; }

    /// <summary>Annotations are part of the declaration's own node.</summary>
    public bool HasAnnotations { get; }

    /// <summary>The syntax of a language.</summary>
    public static DeclarationSyntax Of(string language) => new(language);
}
