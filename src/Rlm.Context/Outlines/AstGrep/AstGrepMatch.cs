namespace Rlm.Context.Outlines.AstGrep;

/// <summary>One node that a rule found. Offsets are in bytes of the UTF-8 text that ast-grep saw, from 0, half-open.</summary>
/// <param name="File">The text's number in its batch.</param>
/// <param name="Kind">What the rule says it is, without language and variant: <c>function</c>, <c>attr</c>…</param>
/// <param name="Start">First byte.</param>
/// <param name="End">Behind its last byte.</param>
/// <param name="Name">Its name as written; empty when it has none.</param>
/// <param name="NameStart">First byte of the name; -1 without one.</param>
/// <param name="Owner">The type that it is declared for, as written; empty when none is.</param>
internal readonly record struct AstGrepMatch(int File, string Kind, int Start, int End, string Name, int NameStart, string Owner);
