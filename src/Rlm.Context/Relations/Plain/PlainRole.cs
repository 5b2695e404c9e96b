using Rlm.Context.Files;

namespace Rlm.Context.Relations.Plain;

/// <summary>Guesses what an identifier does by what stands beside it: a label, not a proof.</summary>
/// <param name="text">The file.</param>
/// <param name="code">Its code, see <see cref="CodeRegions"/>.</param>
/// <param name="isType">Whether the name is that of a type.</param>
internal readonly struct PlainRole(FileText text, string code, bool isType)
{
    private const int MaxLook = 400;

    public NameUse Use(int offset, string name, HashSet<(int, string)> declared)
    {
        var line = text.Lines.LineOf(offset);
        var from = Math.Max(0, offset - MaxLook);
        var head = code.AsSpan(from, offset - from).TrimEnd();
        var after = code.AsSpan(offset + name.Length, Math.Min(MaxLook, code.Length - offset - name.Length)).TrimStart();
        var lineHead = code.AsSpan(text.Lines.StartOf(line), offset - text.Lines.StartOf(line));
        var kind = Kind(head, after, lineHead, isFirst: !WordsIn(lineHead, name), isDeclared: declared.Contains((line, name)), out var alsoReads);
        return new(name, offset, kind, Certainty.Syntax) { AlsoReads = alsoReads };
    }

    private string Kind(ReadOnlySpan<char> head, ReadOnlySpan<char> after, ReadOnlySpan<char> lineHead, bool isFirst, bool isDeclared, out bool alsoReads)
    {
        alsoReads = false;
        var word = LastWord(head);
        if (IsImport(lineHead)) return SiteKinds.Import;
        if (word is "extends" or "implements" or "with" || IsBase(lineHead, head)) return SiteKinds.Base;
        if (head.EndsWith("@") || IsRustAttribute(lineHead)) return SiteKinds.Attribute;
        if (IsDeclaring(word) || (isDeclared && isFirst)) return SiteKinds.Declaration;
        if (word is "typeof" or "instanceof" or "is" or "isinstance") return SiteKinds.TypeOf;
        if (word is "new" || (isType && Calls(after)) || after.StartsWith(".new") || (isType && after.StartsWith("{") && IsMade(head, word) && !IsCondition(lineHead))) return SiteKinds.Construct;
        if (Calls(after)) return SiteKinds.Invoke;
        if (isType && head.EndsWith(":")) return SiteKinds.Type;
        if (Writes(after, head, out alsoReads)) return SiteKinds.Write;
        return isType ? SiteKinds.Type : SiteKinds.Read;
    }

    // f(…), f::<T>(…), f!(…), f<T>(…)
    private static bool Calls(ReadOnlySpan<char> after)
    {
        if (after.StartsWith("::<")) after = after[2..];
        if (after.StartsWith("!(") || after.StartsWith("?.(") || after.StartsWith("![")) return true;
        if (!after.StartsWith("<")) return after.StartsWith("(");
        var depth = 0;
        for (var at = 0; at < after.Length; at++)
        {
            if (after[at] == '<') depth++;
            else if (after[at] == '>' && --depth == 0) return after[(at + 1)..].StartsWith("(");
            else if (!char.IsLetterOrDigit(after[at]) && after[at] is not ('>' or ',' or ' ' or '.' or '_' or '[' or ']' or ':' or '?' or '&' or '*' or '\'')) return false;
        }
        return false;
    }

    private static bool Writes(ReadOnlySpan<char> after, ReadOnlySpan<char> head, out bool alsoReads)
    {
        alsoReads = true;
        if (after.StartsWith("++") || after.StartsWith("--") || head.EndsWith("++") || head.EndsWith("--")) return true;
        if (after.Length > 1 && after[1] == '=' && after[0] is '+' or '-' or '*' or '/' or '%' or '|' or '&' or '^') return true;
        if (after.StartsWith("<<=") || after.StartsWith(">>=") || after.StartsWith("**=") || after.StartsWith("//=") || after.StartsWith("??=") || after.StartsWith("||=") || after.StartsWith("&&=")) return true;
        alsoReads = false;
        if (after.StartsWith(":=") || after.StartsWith("<-")) return true;
        return after.StartsWith("=") && !(after.Length > 1 && after[1] is '=' or '>' or '~');
    }

    private static bool IsImport(ReadOnlySpan<char> lineHead)
    {
        var first = FirstWord(lineHead.TrimStart());
        return first is "import" or "from" or "use" or "require" or "require_relative" or "include" or "using" or "package" || lineHead.TrimStart().StartsWith("#include")
            || (first is "export" && lineHead.TrimStart()["export".Length..].TrimStart() is var exported && (exported.StartsWith("{") || exported.StartsWith("*") || exported.StartsWith("type {"))) || (first is "pub" && lineHead.Contains(" use ", StringComparison.Ordinal));
    }

    private static bool IsDeclaring(ReadOnlySpan<char> word) =>
        word is "def" or "fn" or "func" or "function" or "fun" or "sub" or "class" or "struct" or "interface" or "trait" or "enum" or "type" or "module" or "namespace" or "let" or "var" or "const" or "val"
            or "union" or "record" or "protocol" or "object" or "typealias" or "typedef" or "macro" or "defmodule" or "defp" or "macro_rules" or "local" or "my" or "mut" or "Function" or "Sub" or "Property" or "Class" or "Module" or "Dim";

    // class A(Base): · class A : public Base · class A < Base · impl Trait for
    private static bool IsBase(ReadOnlySpan<char> lineHead, ReadOnlySpan<char> head)
    {
        var rest = lineHead.TrimStart();
        if (FirstWord(rest) is "impl") return true;
        while (FirstWord(rest) is "public" or "private" or "protected" or "internal" or "abstract" or "final" or "sealed" or "open" or "data" or "static" or "export" or "default" or "partial" or "template" or "pub" or "case" or "inner" or "indirect")
            rest = rest[FirstWord(rest).Length..].TrimStart();
        if (FirstWord(rest) is not ("class" or "struct" or "interface" or "trait" or "object" or "enum" or "protocol" or "extension" or "record" or "actor")) return false;
        rest = rest[FirstWord(rest).Length..].TrimStart();
        rest = rest[FirstWord(rest).Length..].TrimStart();
        return !rest.IsEmpty && !rest.Contains('{') && (rest[0] is '(' or ':' or '<' || head.EndsWith(",")) && !(rest[0] == '<' && rest.Length > 1 && !rest[1..].TrimStart().IsEmpty && !rest.Contains(':') && !rest.Contains('('));
    }

    private static bool IsRustAttribute(ReadOnlySpan<char> lineHead) => lineHead.TrimStart() is var start && (start.StartsWith("#[") || start.StartsWith("#![")) && !start.Contains(']');

    // &Pump{…}, return Pump {…}: behind a return type a body begins.
    private static bool IsMade(ReadOnlySpan<char> head, ReadOnlySpan<char> word) => word is "return" || (!head.IsEmpty && head[^1] is '&' or '=' or '(' or ',' or ':' or '[' or '{' or ';' or '}');

    // if x == Pump { is no construction.
    private static bool IsCondition(ReadOnlySpan<char> lineHead) => FirstWord(lineHead.TrimStart()) is "if" or "for" or "while" or "switch" or "match" or "else";

    private static bool WordsIn(ReadOnlySpan<char> lineHead, string name) => lineHead.Contains(name, StringComparison.Ordinal);

    private static ReadOnlySpan<char> LastWord(ReadOnlySpan<char> head)
    {
        var start = head.Length;
        while (start > 0 && (char.IsLetterOrDigit(head[start - 1]) || head[start - 1] == '_')) start--;
        return head[start..];
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_')) end++;
        return text[..end];
    }
}
