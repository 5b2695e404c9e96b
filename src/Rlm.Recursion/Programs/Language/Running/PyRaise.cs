using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>A Python exception on its way.</summary>
internal sealed class PyRaise : Exception
{
    // An exception costs as much as so many steps.
    private const int Steps = 100;

    public PyRaise(PyException value)
    {
        Value = value;
        Machine.Current?.Tick(Steps);
    }

    public PyException Value { get; }

    public override string Message => $"{Value.Type.Name}: {Writing.Message(Value)}";

    /// <summary>Notes the call it passes; false, so that it serves as a filter and the stack stays.</summary>
    public bool Passes(string function, int line)
    {
        if (Value.Trace.Count < 2000) Value.Trace.Add((function, line));
        return false;
    }

    /// <summary>Notes what was being handled when it was raised.</summary>
    public PyRaise InContext(Machine machine)
    {
        if (!ReferenceEquals(machine.Handling, Value)) Value.Context ??= machine.Handling;
        return this;
    }
}
