namespace Rlm.Context.Search.Planning;

/// <summary>A regular expression that is understood.</summary>
/// <param name="Pattern">As it is written.</param>
/// <param name="Root">What it consists of.</param>
/// <param name="SetsLineMode">It has option <c>m</c> of its own, on or off.</param>
internal sealed record PatternTree(string Pattern, PatternNode Root, bool SetsLineMode);
