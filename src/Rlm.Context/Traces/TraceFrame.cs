namespace Rlm.Context.Traces;

/// <summary>One place that a stack trace, a compiler or a test run names.</summary>
/// <param name="Text">The line as it was pasted, without blanks around it.</param>
/// <param name="Path">The file as written there, with <c>/</c>; null when none is told.</param>
/// <param name="Line">From 1; null when none is told.</param>
/// <param name="Symbol">The function with what holds it, in dots; null when none is told.</param>
public sealed record TraceFrame(string Text, string? Path, int? Line, string? Symbol);
