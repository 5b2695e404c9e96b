using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>Statements one after the other; each is a step.</summary>
internal sealed class Block(IReadOnlyList<Stmt> statements, int line) : Stmt(line)
{
    private readonly Stmt[] _statements = [.. statements];

    public IReadOnlyList<Stmt> Statements => _statements;

    public override bool Yields { get; } = statements.Any(statement => statement.Yields);

    public override void Declare(Scope scope)
    {
        foreach (var statement in _statements) statement.Declare(scope);
    }

    public override Flow Run(Frame frame)
    {
        var machine = frame.Machine;
        foreach (var statement in _statements)
        {
            machine.Tick();
            frame.Line = statement.Line;
            var flow = statement.Run(frame);
            if (flow != Flow.Next) return flow;
        }
        return Flow.Next;
    }

    public override IEnumerable<object> Steps(Frame frame)
    {
        foreach (var statement in _statements)
        {
            frame.Machine.Tick();
            frame.Line = statement.Line;
            if (statement.Yields)
                foreach (var value in statement.Steps(frame)) yield return value;
            else frame.Ended = statement.Run(frame);
            if (frame.Ended != Flow.Next) yield break;
        }
        frame.Ended = Flow.Next;
    }
}
