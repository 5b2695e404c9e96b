using Rlm.Context.Outlines.Declarations;

namespace Rlm.Context.Outlines.AstGrep;

/// <summary>Kind and name of a declaration where the grammar's node alone does not say them.</summary>
internal static class DeclarationKind
{
    /// <summary>Decides.</summary>
    /// <param name="language">As languages have it.</param>
    /// <param name="kind">What the rule says.</param>
    /// <param name="name">The name; empty where the grammar has none.</param>
    /// <param name="owner">The type that it is declared for, as written.</param>
    /// <param name="signature">The header.</param>
    /// <param name="parent">What it stands in; null at the top.</param>
    public static (string Kind, DeclarationName Name) Of(string language, string kind, DeclarationName name, string owner, string signature, Draft? parent)
    {
        if (kind == SymbolKinds.Extension && owner.Length > 0) name = Same(DeclarationName.Bare(owner));
        if (name.Name.Length == 0) name = Same(Unnamed(language, kind, signature, parent));
        kind = language switch
        {
            "c" or "cpp" => OfC(kind, name, signature, parent),
            "javascript" or "typescript" or "tsx" => OfScript(kind, name, signature),
            "kotlin" when kind == SymbolKinds.Class => WordIn(signature, "interface") ? SymbolKinds.Interface : WordIn(signature, "enum class") ? SymbolKinds.Enum : kind,
            "swift" when kind == SymbolKinds.Class => WordIn(signature, "struct") ? SymbolKinds.Struct : WordIn(signature, "enum") ? SymbolKinds.Enum : WordIn(signature, "extension") ? SymbolKinds.Extension : kind,
            "java" when kind == SymbolKinds.Method && name.Name == parent?.Name => SymbolKinds.Constructor,
            "php" when name.Name == "__construct" => SymbolKinds.Constructor,
            "php" when name.Name == "__destruct" => SymbolKinds.Destructor,
            _ => kind,
        };
        // A function of a type is its method; one inside a function is not.
        if (kind == SymbolKinds.Function && parent is not null && (SymbolKinds.IsType(parent.Kind) || (language == "ruby" && parent.Kind == SymbolKinds.Module))) kind = SymbolKinds.Method;
        return (kind, name);
    }

    private static DeclarationName Same(string name) => new(name, name);

    private static string Unnamed(string language, string kind, string signature, Draft? parent) => (language, kind) switch
    {
        ("swift", SymbolKinds.Constructor) => "init",
        ("swift", SymbolKinds.Destructor) => "deinit",
        ("swift", SymbolKinds.Indexer) => "subscript",
        ("swift", SymbolKinds.Function) => WordBehind(signature, "func "),
        ("kotlin", SymbolKinds.Constructor) => parent?.Name ?? "constructor",
        ("kotlin", SymbolKinds.Class) => WordBehind(signature, "object ") is { Length: > 0 } named && char.IsLetter(named[0]) ? named : "Companion",
        ("scala", SymbolKinds.Extension) => "extension",
        (_, SymbolKinds.Function) => "default",
        _ => kind,
    };

    private static string OfC(string kind, DeclarationName name, string signature, Draft? parent)
    {
        if (kind == SymbolKinds.Type) return TypeDefinitions.KindOf(signature);
        if (kind is not (SymbolKinds.Function or SymbolKinds.Method)) return kind;
        var parts = name.Segment.Split('.');
        var (last, owner) = (parts[^1], parts.Length > 1 ? parts[^2] : parent?.Name);
        if (last.StartsWith('~')) return SymbolKinds.Destructor;
        if (last.StartsWith("operator", StringComparison.Ordinal) && last.Length > 8 && !char.IsLetterOrDigit(last[8]) && last[8] != '_')
            return last[8] == ' ' && char.IsLetter(last[^1]) && last is not ("operator new" or "operator delete" or "operator co_await") ? SymbolKinds.Conversion : SymbolKinds.Operator;
        if (last == owner && (parts.Length > 1 || parent is { Kind: SymbolKinds.Class or SymbolKinds.Struct })) return SymbolKinds.Constructor;
        return parts.Length > 1 ? SymbolKinds.Method : kind;
    }

    private static string OfScript(string kind, DeclarationName name, string signature)
    {
        if (kind == SymbolKinds.Method && name.Name == "constructor") return SymbolKinds.Constructor;
        return kind == SymbolKinds.Function && WordIn(signature, "default class") ? SymbolKinds.Class : kind;
    }

    private static bool WordIn(string signature, string word)
    {
        var at = signature.IndexOf(word, StringComparison.Ordinal);
        return at >= 0 && (at == 0 || signature[at - 1] == ' ') && (at + word.Length == signature.Length || signature[at + word.Length] is ' ' or '{');
    }

    private static string WordBehind(string signature, string word)
    {
        if (signature.IndexOf(word, StringComparison.Ordinal) is not (>= 0 and var at)) return "";
        var rest = signature.AsSpan(at + word.Length).TrimStart();
        var end = rest.IndexOfAny(" (<{:");
        return (end <= 0 ? rest : rest[..end]).ToString();
    }
}
