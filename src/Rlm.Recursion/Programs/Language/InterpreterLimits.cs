using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language;

/// <summary>What one run of a program may use. Every limit ends the run with a typed error, except the output, which is cut and counted.</summary>
public sealed record InterpreterLimits
{
    /// <summary>Statements, rounds of loops and elements handled by built-in functions.</summary>
    public long MaxSteps { get; init; } = 2_000_000_000;

    /// <summary>Bytes of values that live at the same time, as accounted when they are made.</summary>
    public long MaxBytes { get; init; } = 512L << 20;

    /// <summary>Bytes of the heap of this process, where it runs programs only and its runtime ends it at them: what accounts have missed is found out before that. Null to go by accounts alone.</summary>
    public long? MaxHeapBytes { get; init; }

    /// <summary>Calls within calls, and levels of nested values; CPython's own default. A short stack ends in the same <c>RecursionError</c> earlier.</summary>
    public int MaxDepth { get; init; } = 1000;

    /// <summary>Bytes (UTF-8) of printed output that are kept.</summary>
    public int MaxOutputBytes { get; init; } = 1 << 20;
}
