using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rlm.Context.Binding.Projects;
using Rlm.Context.Files;

namespace Rlm.Context.Binding.Compilations;

/// <summary>A project ready to be bound.</summary>
/// <param name="Project">What it was made of.</param>
/// <param name="Compilation">Its trees stand at their repo paths.</param>
/// <param name="Trees">The trees of its files, with the versions that they show.</param>
/// <param name="Left">Files that have no tree.</param>
/// <param name="Lacks">What exact answers would need besides.</param>
internal sealed record ProjectCompilation(CSharpProject Project, CSharpCompilation Compilation, IReadOnlyDictionary<RepoPath, (SyntaxTree Tree, FileStamp Stamp)> Trees, IReadOnlyList<RepoPath> Left, BindingLacks Lacks)
{
    /// <summary>Bytes held for each byte of source: measured 6.3 for the trees, and what binding adds.</summary>
    public const int BytesPerByte = 10;

    /// <summary>About how many bytes it holds.</summary>
    public long Bytes => Trees.Values.Sum(tree => (long)tree.Tree.Length) * BytesPerByte;
}
