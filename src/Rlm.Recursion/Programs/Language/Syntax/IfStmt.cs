using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>if</c> with its <c>elif</c> and <c>else</c>.</summary>
internal sealed class IfStmt(IReadOnlyList<(Expr Test, Block Body)> branches, Block? otherwise, int line) : Stmt(line)
{
    public override bool Yields { get; } = branches.Any(branch => branch.Body.Yields) || otherwise is { Yields: true };

    public override void Declare(Scope scope)
    {
        foreach (var (test, body) in branches)
        {
            test.Declare(scope);
            body.Declare(scope);
        }
        otherwise?.Declare(scope);
    }

    public override Flow Run(Frame frame) => Chosen(frame)?.Run(frame) ?? Flow.Next;

    public override IEnumerable<object> Steps(Frame frame)
    {
        frame.Ended = Flow.Next;
        return Chosen(frame)?.Steps(frame) ?? [];
    }

    private Block? Chosen(Frame frame)
    {
        foreach (var (test, body) in branches)
        {
            frame.Line = test.Line;
            if (test.Test(frame)) return body;
        }
        return otherwise;
    }
}
