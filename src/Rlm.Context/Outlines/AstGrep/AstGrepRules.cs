using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Rlm.Context.Outlines.AstGrep;

/// <summary>Our rules (<c>rules.yml</c>, embedded), by language, and the file endings under which ast-grep sees texts of a language.</summary>
internal static class AstGrepRules
{
    /// <summary>Goes up when the same matches become other symbols.</summary>
    private const int ReaderVersion = 1;

    private const string Separator = "\n---\n", IdLine = "id: ";

    private static readonly FrozenDictionary<string, string> Endings = new Dictionary<string, string>
    {
        ["python"] = "py", ["typescript"] = "ts", ["tsx"] = "tsx", ["javascript"] = "jsx", ["go"] = "go", ["java"] = "java", ["kotlin"] = "kt", ["rust"] = "rs", ["c"] = "c", ["cpp"] = "cpp",
        ["ruby"] = "rb", ["php"] = "php", ["swift"] = "swift", ["scala"] = "scala", ["lua"] = "lua", ["bash"] = "sh",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly Lazy<FrozenDictionary<string, string>> ByLanguage = new(Load);

    /// <summary>Names the rules and what is made of them.</summary>
    public static string Version { get; } = $"{ReaderVersion}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text())).AsSpan(0, 4))}";

    /// <summary>The ending for a language; null when there are no rules for it.</summary>
    public static string? EndingOf(string language) => Endings.GetValueOrDefault(language);

    /// <summary>The rules of some languages as one text.</summary>
    public static string For(IEnumerable<string> languages) => string.Join(Separator, languages.Order(StringComparer.Ordinal).Select(language => ByLanguage.Value[language]));

    private static FrozenDictionary<string, string> Load()
    {
        var documents = Text().Split(Separator).GroupBy(LanguageOf).ToDictionary(group => group.Key, group => string.Join(Separator, group));
        // One grammar with and one without markup: the declarations are the same.
        documents["tsx"] = documents["typescript"].Replace("id: typescript.", "id: tsx.", StringComparison.Ordinal).Replace("language: TypeScript", "language: Tsx", StringComparison.Ordinal);
        return documents.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string LanguageOf(string document)
    {
        var id = document.AsSpan(document.IndexOf(IdLine, StringComparison.Ordinal) + IdLine.Length);
        return id[..id.IndexOf('.')].ToString();
    }

    private static string Text()
    {
        using var stream = typeof(AstGrepRules).Assembly.GetManifestResourceStream("ast-grep-rules.yml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd();
    }
}
