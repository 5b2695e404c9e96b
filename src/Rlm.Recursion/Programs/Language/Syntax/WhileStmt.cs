using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>while</c>, with its <c>else</c>.</summary>
internal sealed class WhileStmt(Expr test, Block body, Block? otherwise, int line) : Stmt(line)
{
    public override bool Yields { get; } = body.Yields || otherwise is { Yields: true };

    public override void Declare(Scope scope)
    {
        test.Declare(scope);
        body.Declare(scope);
        otherwise?.Declare(scope);
    }

    public override Flow Run(Frame frame)
    {
        while (Holds(frame))
        {
            var flow = body.Run(frame);
            if (flow == Flow.Break) return Flow.Next;
            if (flow == Flow.Return) return flow;
        }
        return otherwise?.Run(frame) ?? Flow.Next;
    }

    public override IEnumerable<object> Steps(Frame frame)
    {
        while (Holds(frame))
        {
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

    private bool Holds(Frame frame)
    {
        frame.Machine.Tick();
        frame.Line = Line;
        return test.Test(frame);
    }
}
