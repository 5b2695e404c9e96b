using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>try</c> with all its clauses. Limits and refusals pass through it, without <c>finally</c>: the program is over then.</summary>
internal sealed class TryStmt(Block body, IReadOnlyList<Handler> handlers, Block? otherwise, Block? last, int line) : Stmt(line)
{
    public override bool Yields { get; } = body.Yields || handlers.Any(handler => handler.Body.Yields) || otherwise is { Yields: true } || last is { Yields: true };

    public override void Declare(Scope scope)
    {
        body.Declare(scope);
        foreach (var handler in handlers)
        {
            handler.Type?.Declare(scope);
            handler.Name?.DeclareStore(scope);
            handler.Body.Declare(scope);
        }
        otherwise?.Declare(scope);
        last?.Declare(scope);
    }

    public override Flow Run(Frame frame)
    {
        if (last is null) return Handled(frame);
        var depth = frame.Machine.Depth;
        PyRaise? pending = null;
        var flow = Flow.Next;
        try
        {
            flow = Handled(frame);
        }
        catch (PyRaise error)
        {
            pending = error;
        }
        return Finish(frame, flow, pending, depth);
    }

    public override IEnumerable<object> Steps(Frame frame)
    {
        var depth = frame.Machine.Depth;
        PyRaise? pending = null;
        var watched = new Watched(HandledSteps(frame));
        while (watched.Next(out pending)) yield return watched.Current;
        if (last is null)
        {
            if (pending is not null) throw pending;
            yield break;
        }
        var flow = frame.Ended;
        if (!last.Yields)
        {
            frame.Ended = Finish(frame, flow, pending, frame.Machine.Depth);
            yield break;
        }
        var result = frame.Result;
        foreach (var value in last.Steps(frame)) yield return value;
        if (frame.Ended != Flow.Next) yield break;
        if (pending is not null) throw pending;
        (frame.Ended, frame.Result) = (flow, result);
        _ = depth;
    }

    private Flow Finish(Frame frame, Flow flow, PyRaise? pending, int depth)
    {
        var machine = frame.Machine;
        machine.Depth = depth;
        var result = frame.Result;
        var handling = machine.Handling;
        if (pending is not null) machine.Handling = pending.Value;
        var end = last!.Run(frame);
        machine.Handling = handling;
        if (end != Flow.Next) return end;
        if (pending is not null) throw new PyRaise(pending.Value);
        frame.Result = result;
        return flow;
    }

    private Flow Handled(Frame frame)
    {
        var machine = frame.Machine;
        var depth = machine.Depth;
        Flow flow;
        PyRaise caught;
        try
        {
            flow = body.Run(frame);
            caught = null!;
        }
        catch (PyRaise error) when (handlers.Count > 0)
        {
            (caught, flow) = (error, Flow.Next);
        }
        if (caught is null) return flow != Flow.Next || otherwise is null ? flow : otherwise.Run(frame);
        machine.Depth = depth;
        var handler = Chosen(frame, caught) ?? throw new PyRaise(caught.Value);
        var before = machine.Handling;
        Begin(frame, handler, caught);
        try
        {
            return handler.Body.Run(frame);
        }
        catch (PyRaise later) when (Chains(later, caught))
        {
            throw;
        }
        finally
        {
            machine.Handling = before;
            handler.Name?.Forget(frame);
        }
    }

    private IEnumerable<object> HandledSteps(Frame frame)
    {
        var machine = frame.Machine;
        var watched = new Watched(body.Steps(frame));
        PyRaise? caught;
        while (watched.Next(out caught)) yield return watched.Current;
        if (caught is null)
        {
            if (frame.Ended != Flow.Next || otherwise is null) yield break;
            foreach (var value in otherwise.Steps(frame)) yield return value;
            yield break;
        }
        var handler = Chosen(frame, caught) ?? throw new PyRaise(caught.Value);
        var before = machine.Handling;
        Begin(frame, handler, caught);
        var handled = new Watched(handler.Body.Steps(frame));
        PyRaise? again;
        while (handled.Next(out again))
        {
            machine.Handling = before;
            yield return handled.Current;
            machine.Handling = caught.Value;
        }
        machine.Handling = before;
        handler.Name?.Forget(frame);
        if (again is not null) throw again;
    }

    private static void Begin(Frame frame, Handler handler, PyRaise caught)
    {
        frame.Machine.Handling = caught.Value;
        if (caught.Value.Trace.Count == 0 || caught.Value.Trace[^1] != (frame.Name, frame.Line)) caught.Passes(frame.Name, frame.Line);
        handler.Name?.Store(frame, caught.Value);
    }

    // A filter that is never true: an exception out of a handler knows which one was being handled.
    private static bool Chains(PyRaise later, PyRaise handled)
    {
        if (!ReferenceEquals(later.Value, handled.Value)) later.Value.Context ??= handled.Value;
        return false;
    }

    private Handler? Chosen(Frame frame, PyRaise caught)
    {
        foreach (var handler in handlers)
        {
            if (handler.Type is null) return handler;
            var type = handler.Type.Eval(frame);
            if (Catches(type, caught.Value.Type)) return handler;
        }
        return null;
    }

    private static bool Catches(object type, PyClass raised) => type switch
    {
        PyClass { IsException: true } one => raised.Is(one),
        PyTuple several => several.Items.Any(one => Catches(one, raised)),
        _ => throw Raise.Type("catching classes that do not inherit from BaseException is not allowed"),
    };
}
