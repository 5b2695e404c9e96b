using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language;

/// <summary>Why a program ended early.</summary>
/// <param name="Type">The Python exception's name; for limits <c>StepLimitError</c>, <c>MemoryError</c>, <c>RecursionError</c> or <c>CancelledError</c>; for what this engine refuses <c>SyntaxError</c> or <c>NotImplementedError</c>.</param>
/// <param name="Message">The exception's text, in CPython's words where CPython has the same error.</param>
/// <param name="Line">One-based line of the program; 0 when unknown.</param>
/// <param name="Traceback">The whole traceback, in CPython's form.</param>
public sealed record ProgramError(string Type, string Message, int Line, string Traceback);
