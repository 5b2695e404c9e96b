using Rlm.Context.Files;

namespace Rlm.Context.Outlines.Heuristic;

/// <summary>
/// Outlines of languages without a parser here, by braces, indentation or <c>end</c> words. Labelled <c>heuristic</c>: good enough to find
/// one's way, not exact. Linear in the text, bounded in symbols and depth.
/// </summary>
internal sealed class HeuristicOutliner : IOutlineProvider
{
    /// <summary>Symbols of one file; beyond it the outline says so.</summary>
    public const int MaxSymbols = 20_000;

    /// <summary>Symbols inside each other; what lies deeper is listed with the last of them.</summary>
    public const int MaxDepth = 100;

    public string Name => "heuristic";

    public Outline Outline(RepoPath path, string language, FileText text, CancellationToken cancellationToken)
    {
        var drafts = Read(language, text, cancellationToken);
        var isCut = Count(drafts) >= MaxSymbols;
        return new Outline(Name, SymbolTree.Build(drafts), isCut ? $"first {MaxSymbols} symbols" : null);
    }

    private static List<Draft> Read(string language, FileText text, CancellationToken cancellationToken) => language switch
    {
        "python" or "cython" or "nim" => IndentOutliner.Read(text, cancellationToken),
        "ruby" or "lua" or "elixir" or "julia" or "crystal" or "vb" or "fortran" => EndWordOutliner.Read(language, text, cancellationToken),
        "json" => JsonKeys.Read(text, cancellationToken),
        "notebook" => NotebookCells.Read(text, cancellationToken),
        "yaml" or "toml" or "ini" or "terraform" => KeyOutliner.Read(language, text, cancellationToken),
        "xml" or "msbuild" or "xaml" or "html" or "razor" or "vue" or "svelte" => ElementOutliner.Read(text, cancellationToken),
        "css" or "scss" or "less" => StyleOutliner.Read(language, text, cancellationToken),
        "dockerfile" or "sql" or "makefile" or "cmake" or "batch" or "solution" or "markdown" => LineOutliner.Read(language, text, cancellationToken),
        _ => BraceOutliner.Read(language, text, cancellationToken),
    };

    private static int Count(List<Draft> drafts) => drafts.Sum(draft => 1 + Count(draft.Children));
}
