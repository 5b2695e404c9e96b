namespace Rlm.Benchmarks.Quality;

/// <summary>What came of one question.</summary>
/// <param name="Question">The question.</param>
/// <param name="Rank">Place of the first answer among the regions, from 1; null when it is not among them.</param>
/// <param name="First">The region that came first; null when there was none.</param>
/// <param name="Milliseconds">How long the engine took.</param>
internal sealed record AskedQuestion(GoldenQuestion Question, int? Rank, RankedRegion? First, double Milliseconds);
