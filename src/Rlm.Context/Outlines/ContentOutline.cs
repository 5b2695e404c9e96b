using Rlm.Context.Search.Ranking;

namespace Rlm.Context.Outlines;

/// <summary>What the index remembers of how a text is built: its outline, and its structural units.</summary>
/// <param name="Outline">The symbols.</param>
/// <param name="Units">The units, which point to symbols by their place in <see cref="Outline.All"/>.</param>
internal sealed record ContentOutline(Outline Outline, UnitMap Units);
