namespace Rlm.Context.Files;

/// <summary>How far a walk or scan has come.</summary>
/// <param name="Done">Files done.</param>
/// <param name="Total">Files in all; 0 while unknown.</param>
/// <param name="What">What is being done, for people: <c>walking</c>, <c>searching</c>.</param>
public readonly record struct ContextProgress(long Done, long Total, string What);
