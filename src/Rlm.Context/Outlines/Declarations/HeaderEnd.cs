namespace Rlm.Context.Outlines.Declarations;

/// <summary>Finds where the header of a declaration ends and its body begins.</summary>
internal static class HeaderEnd
{
    private const int MaxHeader = 4000;

    /// <summary>The offset behind the header.</summary>
    /// <param name="language">As languages have it.</param>
    /// <param name="kind">As in <see cref="SymbolKinds"/>.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="from">Behind the declaration's name, or its start when it has none.</param>
    /// <param name="end">Behind the declaration.</param>
    public static int Find(string language, string kind, string text, int from, int end)
    {
        var syntax = DeclarationSyntax.Of(language);
        end = Math.Min(end, from + MaxHeader);
        if (syntax.IsPython) return OfPython(text, from, end, syntax);
        if (syntax.IsRuby || syntax.IsLua || syntax.IsBash) return OfLine(text, from, end, syntax);
        return kind == SymbolKinds.Type ? OfType(text, from, end, syntax) : OfBraces(text, from, end, syntax, kind, language is "c" or "cpp");
    }

    private static int OfPython(string text, int from, int end, DeclarationSyntax syntax)
    {
        var scan = new HeaderScan(text, from, end, syntax, passesBraces: true);
        while (scan.Move())
            if (scan.Current == ':') return scan.Offset;
        return end;
    }

    // Up to the end of the line, or behind the parameters.
    private static int OfLine(string text, int from, int end, DeclarationSyntax syntax)
    {
        var scan = new HeaderScan(text, from, end, syntax);
        while (scan.Move())
        {
            if (scan.Current == '(' && !syntax.IsBash) return scan.Move() ? scan.Offset : end;
            if (scan.Current == '(' && text.AsSpan(scan.Offset + 1).TrimStart().IndexOf(')') != 0) return scan.Offset; // a body of a process of its own
            if (scan.Current is '\n' or ';' or '{') return scan.Offset;
        }
        return end;
    }

    // Aliases are all header; a struct that is given a name is shown without its fields.
    private static int OfType(string text, int from, int end, DeclarationSyntax syntax)
    {
        var scan = new HeaderScan(text, from, end, syntax, passesBraces: true);
        while (scan.Move())
            if (scan.Current == ';') return scan.Offset;
        return end;
    }

    private static int OfBraces(string text, int from, int end, DeclarationSyntax syntax, string kind, bool hasInitializers)
    {
        var scan = new HeaderScan(text, from, end, syntax);
        var isMember = SymbolKinds.IsMember(kind);
        var last = '\0'; // the last sign that is no blank
        var (hasParameters, isAssigned) = (false, false);
        var typeDepth = 0; // braces of a type in the header: { a: string } or interface{}
        var arrow = -1; // behind an arrow that may be one of a type
        while (scan.Move())
        {
            var (current, at) = (scan.Current, scan.Offset);
            if (current == '}' && typeDepth > 0) typeDepth--;
            else if (current == '{' && (typeDepth > 0 || last == '<' || (isMember && IsOfType(text, at, last)))) typeDepth++;
            else if (typeDepth > 0) continue;
            else if (current == '{') return last == '>' && arrow >= 0 ? arrow : at;
            else if (current == ';') return at;
            else if (current == '>' && text[at - 1] == '=' && isMember)
            {
                if (isAssigned) return at + 1;
                if (arrow < 0) arrow = at + 1;
            }
            else if (IsEquals(text, at, end))
            {
                if (syntax.EndsAtEquals) return at;
                isAssigned = true;
            }
            else if (current == ':' && hasInitializers && isMember && hasParameters && text[at - 1] != ':' && at + 1 < end && text[at + 1] != ':') return at;
            hasParameters |= current == '(';
            if (!char.IsWhiteSpace(current)) last = current == '(' ? ')' : current == '[' ? ']' : current;
        }
        return arrow >= 0 && kind == SymbolKinds.Function ? arrow : end;
    }

    private static bool IsEquals(string text, int at, int end) =>
        text[at] == '=' && (at + 1 >= end || text[at + 1] is not ('>' or '=')) && (at == 0 || text[at - 1] is not ('=' or '!' or '<' or '>'));

    private static bool IsOfType(string text, int at, char last) =>
        last is ':' or '|' or '&' or ',' || text.AsSpan(0, at).TrimEnd().EndsWith("interface") || text.AsSpan(0, at).TrimEnd().EndsWith("struct");
}
