using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Slices;

/// <summary>A symbol and the file that declares it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Symbol">The declaration.</param>
public sealed record FoundSymbol(RepoPath Path, Symbol Symbol)
{
    /// <summary>The version of the file in which <see cref="Symbol"/> is exactly this, with all that it holds; null where it may lack something.</summary>
    public FileStamp? Stamp { get; init; }

    /// <summary>The form that every tool takes: <c>src/A.cs#Ns.Type.Method</c>.</summary>
    public string FullPath => $"{Path.Value}#{Symbol.Path}";
}
