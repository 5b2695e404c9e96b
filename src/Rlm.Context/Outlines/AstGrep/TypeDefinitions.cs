namespace Rlm.Context.Outlines.AstGrep;

/// <summary>What <c>typedef struct shop { … } shop_t;</c> comes to: a struct where it has one name, a type around it where it has two.</summary>
internal static class TypeDefinitions
{
    private static readonly (string Word, string Kind)[] Words = [("struct", SymbolKinds.Struct), ("union", SymbolKinds.Struct), ("enum", SymbolKinds.Enum), ("class", SymbolKinds.Class)];

    /// <summary>Joins a type with the only thing in it that has its name.</summary>
    public static void Merge(string language, List<Draft> drafts)
    {
        if (language is not ("c" or "cpp")) return;
        for (var at = 0; at < drafts.Count; at++)
        {
            Merge(language, drafts[at].Children);
            if (drafts[at] is { Kind: SymbolKinds.Type, Children: [{ } only] } && only.Name == drafts[at].Name) drafts[at] = Joined(drafts[at], only);
        }
    }

    /// <summary>The kind of a type definition by its signature: that of what is defined in it without a name, else a type.</summary>
    public static string KindOf(string signature)
    {
        foreach (var (word, kind) in Words)
            if (signature.StartsWith($"typedef {word} {{", StringComparison.Ordinal) || signature.StartsWith($"typedef {word}{{", StringComparison.Ordinal)) return kind;
        return SymbolKinds.Type;
    }

    /// <summary>A signature with its fields left out.</summary>
    public static string Shorten(string signature)
    {
        var (open, close) = (signature.IndexOf('{'), signature.LastIndexOf('}'));
        return (open >= 0 && close > open ? string.Concat(signature.AsSpan(0, open), "{ … }", signature.AsSpan(close + 1)) : signature).TrimEnd(';', ' ');
    }

    private static Draft Joined(Draft outer, Draft inner)
    {
        var joined = new Draft(inner.Kind, outer.Name) { Start = outer.Start, End = outer.End, NameLine = inner.NameLine, DocStart = outer.DocStart, Doc = outer.Doc, Signature = outer.Signature };
        joined.Children.AddRange(inner.Children);
        return joined;
    }
}
