using System.Text.RegularExpressions;
using Rlm.Context.Files;

namespace Rlm.Context.Outlines.Heuristic;

/// <summary>Languages whose blocks end in a word (<c>end</c>, <c>End Sub</c>): the block that is no further right than its opener closes it.</summary>
internal static partial class EndWordOutliner
{
    /// <summary>Declarations in file order, nested by their <c>end</c>.</summary>
    public static List<Draft> Read(string language, FileText text, CancellationToken cancellationToken)
    {
        var source = new SourceLines(language, text);
        var roots = new List<Draft>();
        var open = new Stack<(int Indent, Draft Draft)>();
        var count = 0;
        for (var line = 1; line <= source.Lines.Count && count < HeuristicOutliner.MaxSymbols; line++)
        {
            if (line % 4096 == 0) cancellationToken.ThrowIfCancellationRequested();
            var masked = source.MaskedLine(line);
            var content = masked.Trim().ToString();
            if (content.Length is 0 or > 2000) continue;
            var indent = masked.Length - masked.TrimStart().Length;
            if (EndLine().IsMatch(content))
            {
                // Only an `end` in the opener's own column closes it: inner blocks stand further right.
                while (open.Count > 0 && open.Peek().Indent > indent) open.Pop().Draft.End = line - 1;
                if (open.Count > 0 && open.Peek().Indent == indent) open.Pop().Draft.End = line;
                continue;
            }
            if (Find(content) is not var (kind, name)) continue;
            while (open.Count > 0 && open.Peek().Indent >= indent) open.Pop();
            var draft = source.Declare(kind, name, source.Lines.StartOf(line), source.Lines.EndOf(line));
            (open.Count == 0 ? roots : open.Peek().Draft.Children).Add(draft);
            count++;
            if (!OneLine().IsMatch(content) && open.Count < HeuristicOutliner.MaxDepth) open.Push((indent, draft));
        }
        while (open.TryPop(out var last)) last.Draft.End = Math.Max(last.Draft.Start, source.Lines.Count);
        Widen(roots);
        return roots;
    }

    private static (string Kind, string Name)? Find(string content)
    {
        var match = Declaration().Match(content);
        if (!match.Success) return null;
        var kind = match.Groups[1].Value.ToUpperInvariant() switch
        {
            "CLASS" => SymbolKinds.Class,
            "MODULE" or "DEFMODULE" or "NAMESPACE" => SymbolKinds.Module,
            "STRUCT" or "STRUCTURE" or "TYPE" => SymbolKinds.Struct,
            "INTERFACE" => SymbolKinds.Interface,
            "ENUM" => SymbolKinds.Enum,
            "PROPERTY" => SymbolKinds.Property,
            _ => SymbolKinds.Function,
        };
        return (kind, match.Groups[2].Value);
    }

    private static void Widen(List<Draft> drafts)
    {
        foreach (var draft in drafts)
        {
            Widen(draft.Children);
            foreach (var child in draft.Children) draft.End = Math.Max(draft.End, child.End);
        }
    }

    [GeneratedRegex(@"^(?:(?:local|private|public|protected|friend|shared|partial|overrides|overridable|mustinherit|mutable|pure|recursive|elemental|abstract|async|export|readonly|static|notinheritable)[ \t]+)*(class|module|defmodule|defmacrop?|defp?|def|function|macro|struct|structure|interface|enum|sub|subroutine|property|namespace|type|program)[ \t]+((?:self\.)?[\p{L}_][\w.:?!=]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^end\b", RegexOptions.IgnoreCase)]
    private static partial Regex EndLine();

    [GeneratedRegex(@"(\bend\s*\)?\s*$)|(, do: )|(^def\s[^=]*\)\s*=[^=])|(^defp?\s.*\bdo:)", RegexOptions.IgnoreCase)]
    private static partial Regex OneLine();
}
