using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.History.Walking;

/// <summary>How often something changed.</summary>
/// <param name="Path">The file.</param>
/// <param name="Symbol">The symbol, as it is in <c>HEAD</c>; null for the whole file.</param>
/// <param name="Commits">In how many commits.</param>
/// <param name="Added">Lines added to the symbol in all.</param>
/// <param name="Removed">Lines removed from it.</param>
public sealed record ChurnRow(RepoPath Path, Symbol? Symbol, int Commits, int Added, int Removed);

/// <summary>What changes most.</summary>
/// <param name="Rows">Most commits first, then by path.</param>
/// <param name="Commits">How many commits were counted.</param>
/// <param name="IsCut">Whether the time was up before all were.</param>
/// <param name="Oldest">The oldest that was looked at.</param>
public sealed record Churn(IReadOnlyList<ChurnRow> Rows, int Commits, bool IsCut, GitId? Oldest);
