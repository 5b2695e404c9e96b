using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Rlm.Context.Files;

namespace Rlm.Context.Outlines.CSharp;

/// <summary>
/// C# through Roslyn's syntax trees: no build, no restore, no code of the repository. Trees are dropped at once.
/// Every text passes <see cref="SafeText"/> first; files with <c>#if</c> are read once per way until all branches were seen.
/// </summary>
internal sealed class CSharpOutliner : IOutlineProvider
{
    private const int MaxWays = 8;
    private const string StackErrorId = "CS8078", ErrorDirectiveId = "CS1029";

    // The feature lets `#:package` lines of single-file programs pass.
    private static readonly CSharpParseOptions Regular = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None, SourceCodeKind.Regular).WithFeatures([new("FileBasedProgram", "true")]);
    private static readonly CSharpParseOptions Script = Regular.WithKind(SourceCodeKind.Script);

    public string Name => "roslyn";

    public Outline Outline(RepoPath path, string language, FileText text, CancellationToken cancellationToken) =>
        BigStack.Run(() => Read(text, IsScript(path), cancellationToken));

    /// <summary>The tree of one way through the file. Only on a thread of <see cref="BigStack"/>.</summary>
    /// <exception cref="InsufficientExecutionStackException">Roslyn gave up because of nesting.</exception>
    public static CompilationUnitSyntax Parse(string safeText, bool isScript, CancellationToken cancellationToken)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(safeText), isScript ? Script : Regular, "", cancellationToken);
        var root = (CompilationUnitSyntax)tree.GetRoot(cancellationToken);
        if (root.ContainsDiagnostics && root.Members.Count == 0 && tree.GetDiagnostics(cancellationToken).Any(found => found.Id == StackErrorId))
            throw new InsufficientExecutionStackException();
        return root;
    }

    private static bool IsScript(RepoPath path) => path.Name.EndsWith(".csx", StringComparison.OrdinalIgnoreCase);

    private Outline Read(FileText text, bool isScript, CancellationToken cancellationToken)
    {
        var map = new BranchMap();
        var notes = new List<string>();
        List<Draft>? drafts = null;
        for (var way = 0; way < MaxWays && !map.AllSeen; way++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var safe = SafeText.Prepare(text.Text, map, way == 0, cancellationToken);
            var root = Parse(safe.Text, isScript, cancellationToken);
            var reader = new DeclarationReader(text.Text, safe.Text, text.Lines, root, cancellationToken);
            var found = reader.Read();
            if (drafts is null) drafts = found;
            else OutlineMerge.Into(drafts, found);
            if (safe.IsTrimmed) Note("nesting");
            if (reader.IsCut) Note("too many symbols");
            if (way == 0 && HasSyntaxErrors(root)) Note("syntax errors");
        }
        if (map.HasConflicts) Note("merge conflict");
        if (!map.AllSeen || map.IsTooDeep) Note("preprocessor branches");
        return new Outline(Name, SymbolTree.Build(drafts!), notes.Count == 0 ? null : string.Join("; ", notes));

        void Note(string note)
        {
            if (!notes.Contains(note)) notes.Add(note);
        }
    }

    private static bool HasSyntaxErrors(CompilationUnitSyntax root) =>
        root.ContainsDiagnostics && root.SyntaxTree.GetDiagnostics().Any(found => found.Severity == DiagnosticSeverity.Error && found.Id != ErrorDirectiveId);
}
