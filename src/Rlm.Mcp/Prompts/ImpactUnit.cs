using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Slices;

namespace Rlm.Mcp.Prompts;

/// <summary>A member, or lines outside any, that a change touches.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Symbol">Null for lines that lie in no symbol.</param>
/// <param name="Range">Its lines.</param>
/// <param name="Text">Their text.</param>
/// <param name="Rank">0 for declarations of the symbol, 1 for what overrides or implements it, 2 for uses.</param>
/// <param name="What">The sites in it, in words.</param>
internal sealed record ImpactUnit(RepoPath Path, Symbol? Symbol, LineRange Range, string Text, int Rank, string What)
{
    public Handle Handle => Handle.Of(Path, Range, Text);

    /// <summary>The name by which others call it; null for none.</summary>
    public string? Name => Symbol?.Name.Split('.', '<', '(')[0];
}
