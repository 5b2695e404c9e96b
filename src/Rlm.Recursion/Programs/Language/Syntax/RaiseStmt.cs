using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>raise</c>, also bare, and with <c>from</c>.</summary>
internal sealed class RaiseStmt(Expr? value, Expr? cause, int line) : Stmt(line)
{
    public override void Declare(Scope scope)
    {
        value?.Declare(scope);
        cause?.Declare(scope);
    }

    public override Flow Run(Frame frame)
    {
        var machine = frame.Machine;
        if (value is null) throw machine.Handling is { } handled ? new PyRaise(handled) : Raise.Error("RuntimeError", "No active exception to reraise");
        var raised = Exception(machine, value.Eval(frame), "exceptions must derive from BaseException");
        if (cause is not null)
        {
            var from = cause.Eval(frame);
            raised.Cause = from is PyNone ? null : Exception(machine, from, "exception causes must derive from BaseException");
            raised.HidesContext = true;
        }
        throw new PyRaise(raised).InContext(machine);
    }

    private static PyException Exception(Machine machine, object value, string error) => value switch
    {
        PyException exception => exception,
        PyClass { IsException: true } type => (PyException)Classes.Make(machine, type, Args.None),
        _ => throw Raise.Type(error),
    };
}
