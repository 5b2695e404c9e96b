using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.History.Comparing;

/// <summary>How a symbol differs between two versions of its file.</summary>
public enum SymbolChangeKind
{
    /// <summary>Only in the new version.</summary>
    Added,
    /// <summary>Only in the old version.</summary>
    Removed,
    /// <summary>Its declaration reads otherwise.</summary>
    Signature,
    /// <summary>The same declaration with another body.</summary>
    Body,
    /// <summary>Only its doc comment differs.</summary>
    Doc,
}

/// <summary>One symbol that differs.</summary>
/// <param name="Path">The file in the new version; in the old one when the symbol was removed with it.</param>
/// <param name="Symbol">As it is in the new version; as it was when it was removed.</param>
/// <param name="Change">How it differs.</param>
/// <param name="Added">Lines added to what is its own: not to symbols that it holds.</param>
/// <param name="Removed">Lines removed from it.</param>
public sealed record SymbolChange(RepoPath Path, Symbol Symbol, SymbolChangeKind Change, int Added, int Removed)
{
    /// <summary>As it was, when it is in both versions.</summary>
    public Symbol? Old { get; init; }

    /// <summary>The form that every tool takes.</summary>
    public string FullPath => $"{Path.Value}#{Symbol.Path}";

    /// <summary>The lower-case word of the contract.</summary>
    public string Word => Change.ToString().ToLowerInvariant();
}
