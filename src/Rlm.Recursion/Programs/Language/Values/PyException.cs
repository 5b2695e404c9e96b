using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>An exception as a value.</summary>
internal sealed class PyException(PyClass type, PyTuple arguments) : PyInstance(type)
{
    public PyTuple Arguments { get; set; } = arguments;

    /// <summary>What we say besides: shown where it ends the program, not seen by the program itself.</summary>
    public string? Note { get; init; }

    public PyException? Cause { get; set; }

    public PyException? Context { get; set; }

    public bool HidesContext { get; set; }

    /// <summary>The calls it passed through, innermost first: the function's name and the one-based line in it.</summary>
    public List<(string Function, int Line)> Trace { get; } = [];
}
