using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Microsoft.CodeAnalysis.VisualBasic;
using Rlm.Context.Files;
using SyntaxKind = Microsoft.CodeAnalysis.VisualBasic.SyntaxKind;

namespace Rlm.Context.Outlines.VisualBasic;

/// <summary>Visual Basic through Roslyn's syntax trees: no build, no restore. Trees are dropped at once. Of <c>#If</c> the branch without any symbols is read, and a note says so.</summary>
internal sealed class VisualBasicOutliner : IOutlineProvider
{
    private static readonly VisualBasicParseOptions Options = new(Microsoft.CodeAnalysis.VisualBasic.LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Regular);

    public string Name => "roslyn";

    public Outline Outline(RepoPath path, string language, FileText text, CancellationToken cancellationToken)
    {
        if (!VisualBasicLimits.Allow(text.Text)) throw new InsufficientExecutionStackException();
        return BigStack.Run(() => Read(text, cancellationToken));
    }

    /// <summary>Whether a file is Visual Basic .NET; scripts and old modules share the language, not the grammar.</summary>
    public static bool Reads(RepoPath path) => path.Name.EndsWith(".vb", StringComparison.OrdinalIgnoreCase);

    private Outline Read(FileText text, CancellationToken cancellationToken)
    {
        var tree = VisualBasicSyntaxTree.ParseText(SourceText.From(text.Text), Options, "", cancellationToken);
        var root = tree.GetRoot(cancellationToken);
        var reader = new VisualBasicReader(text, cancellationToken);
        var drafts = reader.Read(root);
        var notes = new List<string>();
        if (root.ContainsDiagnostics && tree.GetDiagnostics(cancellationToken).Any(found => found.Severity == DiagnosticSeverity.Error)) notes.Add("syntax errors");
        if (root.ContainsDirectives && root.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia))) notes.Add("preprocessor branches");
        if (reader.IsCut) notes.Add("too many symbols");
        return new(Name, SymbolTree.Build(drafts), notes.Count == 0 ? null : string.Join("; ", notes));
    }
}
