using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Slices;

namespace Rlm.Context.Search.Ranking;

/// <summary>A region of source that bears on a question.</summary>
/// <param name="Path">The file.</param>
/// <param name="Symbol">The structural unit; null for lines of a text without units.</param>
/// <param name="Handle">Handle of the whole unit, its doc comment included.</param>
/// <param name="Score">For ordering; larger is better. Scores of different questions cannot be compared.</param>
/// <param name="Lines">Its best lines, in order, with that of its name.</param>
/// <param name="AlsoIn">So many other files of the scope have the same text.</param>
public sealed record Evidence(RepoPath Path, Symbol? Symbol, Handle Handle, double Score, IReadOnlyList<EvidenceLine> Lines, int AlsoIn = 0);

/// <summary>One quoted line.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Text">Without its terminator.</param>
public readonly record struct EvidenceLine(int Line, string Text);
