using System.Collections.Frozen;

namespace Rlm.Context.Outlines.Ctags;

/// <summary>Which languages ctags is good at (start and end of functions measured against tree-sitter: 0.996 to 1.0 of those it finds, 0.89 to 1.0 found), and our words for its kinds.</summary>
internal static class CtagsKinds
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> ByLanguage = new Dictionary<string, FrozenDictionary<string, string>>
    {
        ["python"] = Of("class class, function function, member method"),
        ["go"] = Of("func function, struct struct, interface interface, type type, talias type, methodSpec method"),
        ["c"] = Of("function function, struct struct, union struct, enum enum, typedef type"),
        ["cpp"] = Of("function function, class class, struct struct, union struct, enum enum, typedef type, namespace namespace"),
        ["java"] = Of("class class, interface interface, enum enum, annotation interface, method method"),
        ["ruby"] = Of("class class, module module, method method, singletonMethod method"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether it is to be used for a language.</summary>
    public static bool Knows(string language) => ByLanguage.ContainsKey(language);

    /// <summary>Our word for a kind; null for what an outline does not show.</summary>
    public static string? KindOf(string language, string kind) => ByLanguage[language].GetValueOrDefault(kind);

    private static FrozenDictionary<string, string> Of(string pairs) => pairs.Split(", ").Select(pair => pair.Split(' ')).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
