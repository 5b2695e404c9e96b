using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>for</c>, with its <c>else</c>.</summary>
internal sealed class ForStmt(Target target, Expr source, Block body, Block? otherwise, int line) : Stmt(line)
{
    public override bool Yields { get; } = body.Yields || otherwise is { Yields: true };

    public override void Declare(Scope scope)
    {
        source.Declare(scope);
        target.DeclareStore(scope);
        body.Declare(scope);
        otherwise?.Declare(scope);
    }

    public override Flow Run(Frame frame)
    {
        var machine = frame.Machine;
        var iterator = Iterator(frame);
        while (iterator.Next(machine, out var item))
        {
            machine.Tick();
            target.Store(frame, item);
            var flow = body.Run(frame);
            if (flow == Flow.Break) return Flow.Next;
            if (flow == Flow.Return) return flow;
            frame.Line = Line;
        }
        return otherwise?.Run(frame) ?? Flow.Next;
    }

    public override IEnumerable<object> Steps(Frame frame)
    {
        var machine = frame.Machine;
        var iterator = Iterator(frame);
        while (iterator.Next(machine, out var item))
        {
            machine.Tick();
            target.Store(frame, item);
            foreach (var value in body.Steps(frame)) yield return value;
            if (frame.Ended is Flow.Break or Flow.Return)
            {
                if (frame.Ended == Flow.Break) frame.Ended = Flow.Next;
                yield break;
            }
        }
        frame.Ended = Flow.Next;
        if (otherwise is null) yield break;
        foreach (var value in otherwise.Steps(frame)) yield return value;
    }

    private PyIterator Iterator(Frame frame)
    {
        var value = SetExpr.Source(frame, source);
        frame.Line = Line;
        return Iterating.Over(frame.Machine, value);
    }
}
