namespace Rlm.Context.Outlines.Providers;

/// <summary>What a provider made of one text.</summary>
/// <param name="Outline">The outline; null when there is none.</param>
/// <param name="Fault">Why there is none, in a word or two: <c>timeout</c>, <c>crashed</c>, <c>over 3,000,000 bytes</c>.</param>
/// <param name="IsPassing">Whether there may be one another time.</param>
internal readonly record struct ProviderAnswer(Outline? Outline, string? Fault, bool IsPassing = false);
