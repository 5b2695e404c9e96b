using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Relations.Plain;

/// <summary>Uses of names in a file of any language but C#: identifiers outside comments and strings, with a role guessed from what stands beside them.</summary>
internal static class PlainUses
{
    // A name longer than this is none.
    private const int MaxName = 512;

    /// <summary>Uses in file order, mentions included.</summary>
    /// <param name="text">The file.</param>
    /// <param name="rules">Of its language.</param>
    /// <param name="places">Words to look at, ascending.</param>
    /// <param name="outline">For what is declared where; asked for once when it is needed.</param>
    /// <param name="isType">Whether a name is known as that of a type.</param>
    public static List<NameUse> Read(FileText text, LexicalRules rules, IReadOnlyList<(int Offset, string Name)> places, Func<Outline> outline, Func<string, bool> isType)
    {
        var code = CodeRegions.CodeOf(text.Text, rules);
        var declared = DeclaredLines(outline());
        var uses = new List<NameUse>(places.Count);
        foreach (var (offset, name) in places)
            if (code[offset] != text.Text[offset]) uses.Add(new(name, offset, SiteKinds.Mention, Certainty.Text));
            else if (!IsPartOfName(code, offset, name.Length, rules.NameSigns))
                uses.Add(new PlainRole(text, code, isType(name)).Use(offset, name, declared));
        return uses;
    }

    /// <summary>Every identifier of some lines: file order.</summary>
    public static List<NameUse> ReadAll(FileText text, LexicalRules rules, LineRange lines, Func<Outline> outline)
    {
        var code = CodeRegions.CodeOf(text.Text, rules);
        var declared = DeclaredLines(outline());
        var uses = new List<NameUse>();
        int at = text.Lines.StartOf(lines.Start), to = text.Lines.EndOf(lines.End);
        while (at < to)
        {
            if (!IsStart(code[at]))
            {
                at++;
                continue;
            }
            var end = at + 1;
            while (end < to && IsPart(code[end], rules.NameSigns)) end++;
            if (end - at <= MaxName && (at == 0 || !IsPart(code[at - 1], "")))
            {
                var name = code[at..end];
                uses.Add(new PlainRole(text, code, char.IsUpper(name[0])).Use(at, name, declared));
            }
            at = end;
        }
        return uses;
    }

    private static HashSet<(int, string)> DeclaredLines(Outline outline) => [.. outline.All.Select(symbol => (symbol.NameLine, LastPart(symbol.Name)))];

    private static string LastPart(string name) => name[(name.LastIndexOfAny(['.', ':', '/']) + 1)..];

    private static bool IsPartOfName(string code, int offset, int length, string signs) =>
        signs.Length > 0 && ((offset > 0 && signs.Contains(code[offset - 1], StringComparison.Ordinal)) || (offset + length < code.Length && signs.Contains(code[offset + length], StringComparison.Ordinal)));

    private static bool IsStart(char sign) => char.IsLetter(sign) || sign == '_';

    private static bool IsPart(char sign, string signs) => char.IsLetterOrDigit(sign) || sign == '_' || signs.Contains(sign, StringComparison.Ordinal);
}
