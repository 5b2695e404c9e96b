using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Mcp.Rendering;

/// <summary>How much of each symbol an outline shows; each step is shorter than the one before.</summary>
internal enum OutlineStep
{
    /// <summary>Signature and doc summary.</summary>
    Full,
    /// <summary>Signature.</summary>
    Signatures,
    /// <summary>Kind and name.</summary>
    Names,
    /// <summary>Numbers per file.</summary>
    Counts,
}

/// <summary>Symbols as text and as JSON.</summary>
internal static class OutlineText
{
    private const int MaxSignature = 300, MaxDoc = 200;

    public static string Word(OutlineStep step) => step.ToString().ToLowerInvariant();

    /// <summary>One line a symbol, nested by blanks, without a final line break.</summary>
    public static string Of(IEnumerable<Symbol> symbols, OutlineStep step, string provider, int indent = 0)
    {
        var text = new StringBuilder();
        foreach (var symbol in symbols) Append(text, symbol, step, provider, indent);
        if (text.Length > 0) text.Length--;
        return text.ToString();
    }

    /// <summary>The line of one symbol.</summary>
    public static string Line(Symbol symbol, OutlineStep step, string provider)
    {
        var what = step == OutlineStep.Names ? $"{symbol.Kind} {symbol.Name}"
            : provider == "roslyn" ? TextAnswer.Cut(symbol.Signature, MaxSignature)
            : $"{symbol.Kind} {TextAnswer.Cut(symbol.Signature, MaxSignature)}";
        var doc = step == OutlineStep.Full && symbol.Doc.Length > 0 ? " — " + TextAnswer.Cut(symbol.Doc, MaxDoc) : "";
        return NameEscaping.Escape($"{symbol.Range} {what}{(symbol.Conditional ? " [conditional]" : "")}{doc}");
    }

    /// <summary><c>3 types, 41 members</c> of a file, or its headings, keys and the like.</summary>
    public static string Counts(Outline outline)
    {
        var groups = outline.All.Where(symbol => symbol.Kind != SymbolKinds.Namespace).GroupBy(symbol => symbol.IsType ? "type" : symbol.IsMember ? "member" : symbol.Kind);
        var parts = groups.OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count():N0} {group.Key}{(group.Count() == 1 ? "" : "s")}")).ToArray();
        return parts.Length == 0 ? "no symbols" : string.Join(", ", parts);
    }

    /// <summary>A symbol without its children, as the contract has it.</summary>
    public static JsonObject Json(RepoPath path, Symbol symbol)
    {
        var item = new JsonObject
        {
            ["path"] = $"{path.Value}#{symbol.Path}",
            ["name"] = symbol.Name,
            ["kind"] = symbol.Kind,
            ["signature"] = symbol.Signature,
            ["start"] = symbol.Range.Start,
            ["end"] = symbol.Range.End,
            ["nameLine"] = symbol.NameLine,
            ["doc"] = symbol.Doc,
        };
        if (symbol.Conditional) item["conditional"] = true;
        return item;
    }

    /// <summary>A symbol with everything below it.</summary>
    public static JsonObject JsonTree(RepoPath path, Symbol symbol)
    {
        var item = Json(path, symbol);
        item["children"] = new JsonArray([.. symbol.Children.Select(child => (JsonNode)JsonTree(path, child))]);
        return item;
    }

    /// <summary>Symbols depth first, each with its depth.</summary>
    public static IEnumerable<(Symbol Symbol, int Depth)> Flat(IEnumerable<Symbol> symbols, int depth = 0)
    {
        foreach (var symbol in symbols)
        {
            yield return (symbol, depth);
            foreach (var below in Flat(symbol.Children, depth + 1)) yield return below;
        }
    }

    /// <summary>Where the parents of the n-th of such symbols are, outermost first.</summary>
    public static IEnumerable<int> Parents(IReadOnlyList<(Symbol Symbol, int Depth)> flat, int index)
    {
        var parents = new Stack<int>();
        for (int at = index - 1, depth = flat[index].Depth; at >= 0 && depth > 0; at--)
        {
            if (flat[at].Depth >= depth) continue;
            depth = flat[at].Depth;
            parents.Push(at);
        }
        return parents;
    }

    /// <summary>Kind and name of one of such symbols.</summary>
    public static string NameLine((Symbol Symbol, int Depth) at, string end = "") => new string(' ', Math.Min(1 + at.Depth * 2, 40)) + Line(at.Symbol, OutlineStep.Names, "") + end;

    private static void Append(StringBuilder text, Symbol symbol, OutlineStep step, string provider, int indent)
    {
        text.Append(' ', Math.Min(indent, 40)).Append(Line(symbol, step, provider)).Append('\n');
        foreach (var child in symbol.Children) Append(text, child, step, provider, indent + 2);
    }

}
