using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rlm.Context.Files;
using Rlm.Context.Relations;
using Rlm.Context.Relations.CSharp;

namespace Rlm.Context.Tests.Relations;

/// <summary>What is code is compared with a lexer alone, which knows no tree: every identifier token of the name, and none else.</summary>
public class UsesOracleTests
{
    private static readonly string[] Pieces =
    [
        "Go();", "x.Go", "Go = 1;", "\"Go\"", "$\"{Go} Go {x.Go:Go}\"", "@\"Go\"\"Go\"", "\"\"\"Go\"\"\"", "'G'", "// Go\n", "/* Go */", "/// <see cref=\"Go\"/>\n", "class Go : Go { }", "void Go(Go Go) { Go: goto Go; }", "nameof(Go)", "typeof(Go)", "@Go",
        "Going", "_Go", "Go1", "[Go]", "new Go()", "{", "}", "(", ")", ";", "\n", "#region Go\n", "#endregion\n", "<Go>", "is Go go", "(Go, x) = y;", "Go?.Go!", "from Go in Go select Go;", "#pragma warning disable Go\n", "\\u0047o", "ref Go", "Go::Go", "where Go : Go",
    ];

    [Fact]
    public void RandomPieces_GiveTheIdentifiersOfTheLexer()
    {
        var random = new Random(11);
        for (var round = 0; round < 400; round++)
        {
            var source = string.Join(random.Next(3) == 0 ? "\n" : " ", Enumerable.Range(0, random.Next(1, 25)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var uses = CSharpUses.Read(FileText.Of(source), false, WordPlaces.Of(source, ["Go"]), CancellationToken.None);
            var expected = Tokens(source);
            // What error recovery skips is code still; the parser may only not say what it does.
            var actual = uses.Where(use => use.Kind is not (SiteKinds.Mention or SiteKinds.Cref)).Select(use => use.Offset);
            Assert.True(expected.SequenceEqual(actual), $"round {round}: expected {string.Join(' ', expected)}, found {string.Join(' ', actual)} in\n{source}");
        }
    }

    private static int[] Tokens(string source) =>
        [.. CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot().DescendantTokens(descendIntoTrivia: true).Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Text.TrimStart('@') == "Go" && !InDirectiveOrDoc(token))
            .Select(token => token.SpanStart + (token.Text.StartsWith('@') ? 1 : 0)).Order()];

    private static bool InDirectiveOrDoc(SyntaxToken token) => token.Parent!.AncestorsAndSelf(ascendOutOfTrivia: false).LastOrDefault() is { } top && top is Microsoft.CodeAnalysis.CSharp.Syntax.DirectiveTriviaSyntax or Microsoft.CodeAnalysis.CSharp.Syntax.DocumentationCommentTriviaSyntax;
}
