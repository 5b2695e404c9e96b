using System.Text.RegularExpressions;

namespace Rlm.Context.Outlines.Heuristic;

/// <summary>What the text before a brace or semicolon declares.</summary>
/// <param name="Kind">As in <see cref="SymbolKinds"/>.</param>
/// <param name="Name">As written.</param>
/// <param name="Start">Offset in the header at which the declaration begins.</param>
internal readonly record struct BraceDeclaration(string Kind, string Name, int Start)
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly Regex TypeWords = new(
        @"\b(enum[ \t]+class|enum[ \t]+struct|data[ \t]+class|case[ \t]+class|case[ \t]+object|companion[ \t]+object|class|interface|struct|enum|trait|impl|namespace|module|mod|object|protocol|extension|union|actor|record|service|message|contract|library|package|mixin|@interface|@implementation|@protocol)\b[ \t]*([\p{L}_$][\w$.:\\-]*)?", Linear);

    private static readonly Regex FunctionWords = new(@"\b(func|fn|fun|def|function|sub|rpc|macro_rules!|proc|task|method)\b[ \t]*\*?[ \t]*(\([^()]*\)[ \t]*)?([\p{L}_$][\w$.?!]*)?", Linear);

    private static readonly Regex TypeAlias = new(@"^\s*(export[ \t]+|declare[ \t]+|pub[ \t]+|pub\([a-z]+\)[ \t]+)*(type|typealias|typedef)[ \t]+([\p{L}_$][\w$]*)", Linear);

    private static readonly Regex GoType = new(@"^\s*type[ \t]+([\p{L}_][\w]*)(\[[^\]]*\])?[ \t]+(struct|interface)\b", Linear);

    private static readonly Regex Assigned = new(@"\b(const|let|var)[ \t]+([\p{L}_$][\w$]*)[^=]*=[ \t]*(async[ \t]*)?(function\b|\([^{}]*\)[^{}=]*=>|[\p{L}_$][\w$]*[ \t]*=>)", Linear);

    private static readonly Regex Call = new(@"(operator[ \t]*[^\s\w(]{1,3}|~?[\p{L}_$#][\w$:]*)[ \t]*(<[^<>(){}]*>)?[ \t]*\(", Linear);

    /// <summary>Reads a header; null when it declares nothing that an outline shows. Inside functions only named types and functions count.</summary>
    public static BraceDeclaration? Find(string language, ReadOnlySpan<char> header, bool isBody, bool isInFunction)
    {
        if (header.IsWhiteSpace()) return null;
        var text = header.ToString();
        if (language == "go" && GoType.Match(text) is { Success: true } type)
            return new BraceDeclaration(type.Groups[3].Value == "struct" ? SymbolKinds.Struct : SymbolKinds.Interface, type.Groups[1].Value, StatementStart(text, type.Groups[1].Index));
        return Function(language, text, isBody) ?? Type(language, text, isBody) ?? Alias(text, isInFunction) ?? Arrow(text, isBody) ?? (isInFunction ? null : Method(language, text, isBody));
    }

    private static BraceDeclaration? Type(string language, string text, bool isBody)
    {
        var match = TypeWords.Match(text);
        if (!match.Success || !IsStatement(text, match.Index)) return null;
        var word = match.Groups[1].Value;
        if (!isBody && (word is not ("namespace" or "package" or "mod" or "module" or "struct" or "class" or "object" or "enum") || language is "c" or "cpp" or "objc" or "javascript")) return null;
        if (word is "object" or "record" or "library" or "service" or "message" or "method" && !match.Groups[2].Success) return null;
        var name = word == "impl" ? ImplName(text[match.Index..]) : match.Groups[2].Success ? match.Groups[2].Value.TrimEnd(':', '.') : word;
        if (word != "impl" && language is "c" or "cpp" && text.AsSpan(match.Index).Contains('(')) return null; // struct S *f() {
        return new BraceDeclaration(KindOf(word), name, StatementStart(text, match.Index));
    }

    private static string ImplName(string text)
    {
        var end = text.IndexOf(" where ", StringComparison.Ordinal);
        return SignatureText.Squeeze(text, 0, end < 0 ? text.Length : end);
    }

    private static string KindOf(string word) => word switch
    {
        "interface" or "protocol" or "@protocol" => SymbolKinds.Interface,
        "struct" or "union" or "message" => SymbolKinds.Struct,
        "enum" or "enum class" or "enum struct" => SymbolKinds.Enum,
        "trait" or "mixin" => SymbolKinds.Trait,
        "impl" or "extension" => SymbolKinds.Extension,
        "namespace" or "package" => SymbolKinds.Namespace,
        "module" or "mod" => SymbolKinds.Module,
        "record" => SymbolKinds.Record,
        _ => SymbolKinds.Class,
    };

    private static BraceDeclaration? Function(string language, string text, bool isBody)
    {
        if (language is "c" or "cpp" or "java" or "css" or "scss" or "less") return null;
        var match = FunctionWords.Match(text);
        if (!match.Success || !match.Groups[3].Success || !IsStatement(text, match.Index)) return null;
        if (!isBody && language is "javascript" or "go" && language != "go") return null;
        var after = text.AsSpan(match.Index + match.Length).TrimStart();
        if (after.IsEmpty ? language is not ("scala" or "perl" or "bash" or "rust") : after[0] is not ('(' or '<' or '[' or ':' or '=' or '.')) return null;
        return new BraceDeclaration(SymbolKinds.Function, match.Groups[3].Value, StatementStart(text, match.Index));
    }

    private static BraceDeclaration? Alias(string text, bool isInFunction)
    {
        var match = isInFunction ? Match.Empty : TypeAlias.Match(text);
        return match.Success && match.Groups[2].Value != "typedef" ? new BraceDeclaration(SymbolKinds.Type, match.Groups[3].Value, StatementStart(text, match.Groups[2].Index)) : null;
    }

    private static BraceDeclaration? Arrow(string text, bool isBody)
    {
        var match = isBody ? Assigned.Match(text) : Match.Empty;
        return match.Success ? new BraceDeclaration(SymbolKinds.Function, match.Groups[2].Value, StatementStart(text, match.Index)) : null;
    }

    // type name(parameters) … {   or, in a class, name(parameters) {
    private static BraceDeclaration? Method(string language, string text, bool isBody)
    {
        var match = Call.Match(text);
        if (!match.Success || (!isBody && language is not ("java" or "csharp" or "typescript" or "dart" or "objc"))) return null;
        var name = match.Groups[1].Value;
        var before = text.AsSpan(0, match.Index);
        if (before.Contains('=') || before.Contains('(') || IsControl(name.AsSpan()) || (language is "css" or "scss" or "less" or "go")) return null;
        if (!isBody && before.IsWhiteSpace()) return null; // a call
        foreach (var word in before.ToString().Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            if (IsControl(word) || word is "new") return null;
        var start = match.Index;
        while (start > 0 && text[start - 1] is not ('}' or ';') && !IsLabelEnd(text, start - 1)) start--;
        while (start < match.Index && char.IsWhiteSpace(text[start])) start++;
        return new BraceDeclaration(language is "c" or "cpp" or "php" or "bash" ? SymbolKinds.Function : SymbolKinds.Method, name, start);
    }

    // The `:` of `public:`, not that of `A::b`.
    private static bool IsLabelEnd(string text, int at) => text[at] == ':' && text[at + 1] != ':' && (at == 0 || text[at - 1] != ':');

    private static bool IsControl(ReadOnlySpan<char> word) => word is "if" or "else" or "for" or "foreach" or "while" or "switch" or "catch" or "return" or "do" or "try" or "match" or "when" or "with"
        or "using" or "synchronized" or "throw" or "await" or "yield" or "case" or "sizeof" or "typeof" or "elseif" or "unless" or "until" or "loop" or "select" or "defer" or "go" or "super" or "this";

    // A word that declares stands at the start of a statement, behind nothing but modifiers.
    private static bool IsStatement(string text, int at)
    {
        foreach (var character in text.AsSpan(LineStart(text, at), at - LineStart(text, at)))
            if (!char.IsLetterOrDigit(character) && character is not (' ' or '\t' or '_' or '(' or ')' or ':' or '@' or ',' or '"' or '[' or ']' or '<' or '>' or '-' or '*' or '&' or '#' or '.')) return false;
        return true;
    }

    private static int StatementStart(string text, int at)
    {
        var start = LineStart(text, at);
        while (start < at && char.IsWhiteSpace(text[start])) start++;
        return start;
    }

    private static int LineStart(string text, int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
}
