using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Outlines.CSharp;

namespace Rlm.Context.Relations.CSharp;

/// <summary>
/// Uses of names in one C# file by Roslyn's syntax tree: exact in what is an identifier and in its role, without binding. Files with <c>#if</c> are read once per way
/// until every branch was seen. What the parser may not see because of its nesting is given as <see cref="Certainty.Text"/>.
/// </summary>
internal static class CSharpUses
{
    private const int MaxWays = 8;

    /// <summary>Uses in file order, mentions included.</summary>
    /// <param name="text">The file.</param>
    /// <param name="isScript">Whether statements may stand outside of types.</param>
    /// <param name="places">Words to look at, ascending; see <see cref="WordPlaces"/>.</param>
    /// <param name="cancellationToken">Stops between ways.</param>
    public static List<NameUse> Read(FileText text, bool isScript, IReadOnlyList<(int Offset, string Name)> places, CancellationToken cancellationToken) => BigStack.Run(() =>
    {
        var found = new Dictionary<(int, string), NameUse>();
        ForEachWay(text.Text, isScript, (root, safe) =>
        {
            foreach (var place in places)
                if (!found.TryGetValue(place, out var before) || before.Kind == SiteKinds.Unknown)
                    if (Use(root, safe, text.Text, place) is { } use) found[place] = use;
        }, cancellationToken);
        return places.Select(place => found.GetValueOrDefault(place, new(place.Name, place.Offset, SiteKinds.Unknown, Certainty.Text))).ToList();
    });

    /// <summary>Every identifier of some lines that calls or makes something, or stands in a base list: file order.</summary>
    public static List<NameUse> ReadAll(FileText text, bool isScript, LineRange lines, CancellationToken cancellationToken) => BigStack.Run(() =>
    {
        var found = new SortedDictionary<int, NameUse>();
        int from = text.Lines.StartOf(lines.Start), to = text.Lines.EndOf(lines.End);
        ForEachWay(text.Text, isScript, (root, _) =>
        {
            foreach (var token in root.DescendantTokens(new Microsoft.CodeAnalysis.Text.TextSpan(from, to - from)))
                if (token.IsKind(SyntaxKind.IdentifierToken) && token.SpanStart >= from && token.Span.End <= to && token.Span.Length > 0)
                    found.TryAdd(token.SpanStart, new(token.ValueText, token.SpanStart, CSharpRole.Of(token, out var alsoReads), Certainty.Syntax) { AlsoReads = alsoReads });
        }, cancellationToken);
        return found.Values.ToList();
    });

    private static void ForEachWay(string text, bool isScript, Action<CompilationUnitSyntax, string> look, CancellationToken cancellationToken)
    {
        var map = new BranchMap();
        for (var way = 0; way < MaxWays && !map.AllSeen; way++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var safe = SafeText.Prepare(text, map, way == 0, cancellationToken);
            try
            {
                look(CSharpOutliner.Parse(safe.Text, isScript, cancellationToken), safe.Text);
            }
            catch (InsufficientExecutionStackException)
            {
                // Nesting beyond the parser: what was not found stays a word of a text.
            }
        }
    }

    // Null where this way through the file does not show the place.
    private static NameUse? Use(CompilationUnitSyntax root, string safe, string text, (int Offset, string Name) place)
    {
        if (safe[place.Offset] != text[place.Offset]) return null;
        var token = root.FindToken(place.Offset, findInsideTrivia: true);
        var start = token.SpanStart + (token.Text.StartsWith('@') ? 1 : 0);
        if (token.IsKind(SyntaxKind.IdentifierToken) && start == place.Offset && token.Span.End == place.Offset + place.Name.Length)
            return InTrivia(token, place) ?? new NameUse(place.Name, place.Offset, CSharpRole.Of(token, out var alsoReads), Certainty.Syntax) { AlsoReads = alsoReads };
        return token.Span.Contains(place.Offset) ? new(place.Name, place.Offset, SiteKinds.Mention, Certainty.Text)
            : CrefPlaces.Holds(text, place.Offset) ? new(place.Name, place.Offset, SiteKinds.Cref, Certainty.Syntax)
            : new(place.Name, place.Offset, SiteKinds.Mention, Certainty.Text);
    }

    // What error recovery skips is code whose role is not known; what a directive names is none.
    private static NameUse? InTrivia(SyntaxToken token, (int Offset, string Name) place) => !token.IsPartOfStructuredTrivia() ? null
        : token.Parent is SkippedTokensTriviaSyntax && token.Parent.ParentTrivia.Token.Parent is not DirectiveTriviaSyntax ? new(place.Name, place.Offset, SiteKinds.Unknown, Certainty.Syntax) : new(place.Name, place.Offset, SiteKinds.Mention, Certainty.Text);
}
