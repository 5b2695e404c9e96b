namespace Rlm.Recursion.Programs.Language;

/// <summary>The part of a list of the host's that is shown as the value of a program, because the list is long and was not read to its end.</summary>
/// <param name="Shown">Rows shown, from the first.</param>
/// <param name="Of">All rows; null where that is not known yet.</param>
public sealed record ShownPart(long Shown, long? Of);
