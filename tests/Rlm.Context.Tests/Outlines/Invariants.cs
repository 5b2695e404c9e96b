using System.Collections.Immutable;
using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Tests.Outlines;

/// <summary>What is true of every outline, whatever the text.</summary>
internal static class Invariants
{
    public static void Check(Outline outline, FileText text)
    {
        CheckLevel(outline.Symbols, new LineRange(1, Math.Max(1, text.Lines.Count)));
        var twins = outline.All.GroupBy(symbol => symbol.Path, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        Assert.True(twins is null, $"path {twins?.Key} is not unique");
    }

    private static void CheckLevel(ImmutableArray<Symbol> symbols, LineRange around)
    {
        foreach (var symbol in symbols)
        {
            Assert.True(symbol.Range.Count >= 1 && around.Contains(symbol.Range), $"{symbol.Kind} {symbol.Path} {symbol.Range} is not inside {around}");
            Assert.True(symbol.Range.Contains(symbol.NameLine), $"{symbol.Path} {symbol.Range}: name line {symbol.NameLine}");
            Assert.InRange(symbol.DocStart, 1, symbol.Range.Start);
            Assert.False(symbol.Signature.AsSpan().ContainsAny('\n', '\r'));
            CheckLevel(symbol.Children, symbol.Range);
        }
    }
}
