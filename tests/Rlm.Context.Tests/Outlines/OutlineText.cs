using System.Text;
using Rlm.Context.Outlines;

namespace Rlm.Context.Tests.Outlines;

/// <summary>An outline as text, one line a symbol, for comparison with an expected text.</summary>
internal static class OutlineText
{
    public static string Of(Outline outline)
    {
        var builder = new StringBuilder().Append(outline.Provider).Append(outline.Partial is { } partial ? " (partial: " + partial + ")" : "").Append('\n');
        foreach (var symbol in outline.Symbols) Append(builder, symbol, 1);
        return builder.ToString();
    }

    public static string Of(IEnumerable<Symbol> symbols)
    {
        var builder = new StringBuilder();
        foreach (var symbol in symbols) Append(builder, symbol, 0);
        return builder.ToString();
    }

    private static void Append(StringBuilder builder, Symbol symbol, int depth)
    {
        builder.Append(' ', depth * 2).Append($"{symbol.Kind} {symbol.Name} {symbol.Range}");
        if (symbol.NameLine != symbol.Range.Start) builder.Append($" name {symbol.NameLine}");
        if (symbol.DocStart != symbol.Range.Start) builder.Append($" doc {symbol.DocStart}");
        if (symbol.Conditional) builder.Append(" conditional");
        builder.Append($" | {symbol.Path} | {symbol.Signature}");
        if (symbol.Doc.Length > 0) builder.Append(" | ").Append(symbol.Doc);
        builder.Append('\n');
        foreach (var child in symbol.Children) Append(builder, child, depth + 1);
    }
}
