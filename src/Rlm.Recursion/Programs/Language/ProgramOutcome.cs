using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language;

/// <summary>What came of one run.</summary>
/// <param name="Stdout">The printed text, up to the limit.</param>
/// <param name="StdoutCut">Bytes (UTF-8) that were printed after the limit and are not shown.</param>
/// <param name="Value">The last statement's value as <c>repr</c> gives it, when that statement is an expression and its value is not None.</param>
/// <param name="Error">Why the run ended early; null when it ran to its end.</param>
/// <param name="Variables">Globals that are new or changed, in the order they were first set.</param>
public sealed record ProgramOutcome(string Stdout, long StdoutCut, string? Value, ProgramError? Error, IReadOnlyList<ProgramVariable> Variables)
{
    /// <summary>How much of a long list <c>Value</c> shows; null where it is the whole value.</summary>
    public ShownPart? Part { get; init; }
}
