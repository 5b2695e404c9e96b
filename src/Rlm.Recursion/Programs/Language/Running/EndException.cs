using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Ends the program, whatever it wants to catch.</summary>
internal abstract class EndException(string message, int line) : Exception(message)
{
    /// <summary>One-based line; 0 until the innermost call has said where it is.</summary>
    public int Line { get; private set; } = line;

    /// <summary>Notes the innermost line; false, so that it serves as a filter.</summary>
    public bool Passes(int line)
    {
        if (Line == 0) Line = line;
        return false;
    }
}
