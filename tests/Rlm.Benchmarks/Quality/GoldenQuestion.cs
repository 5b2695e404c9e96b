namespace Rlm.Benchmarks.Quality;

/// <summary>One question of a golden file.</summary>
/// <param name="Kind"><c>question</c>, <c>names</c> or <c>vague</c>.</param>
/// <param name="Text">As it is asked.</param>
/// <param name="Answers">One to three places, <c>path#symbol</c>; any of them will do.</param>
internal sealed record GoldenQuestion(string Kind, string Text, IReadOnlyList<string> Answers);
