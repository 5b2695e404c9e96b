namespace Rlm.Recursion.Programs.Language;

/// <summary>What a program has in its variable <c>answer</c>.</summary>
/// <param name="Content">The text of <c>answer["content"]</c>, or <c>answer</c> itself where that is a text; null where there is none to take.</param>
/// <param name="IsReady">Whether <c>answer["ready"]</c> is True.</param>
/// <param name="Type">What it is instead, in words, where there is no content.</param>
public sealed record ProgramDraft(string? Content, bool IsReady, string Type);
