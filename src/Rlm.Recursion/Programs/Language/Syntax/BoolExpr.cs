using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A chain of <c>and</c>, or one of <c>or</c>.</summary>
internal sealed class BoolExpr(bool isAnd, IReadOnlyList<Expr> parts, int line) : Expr(line)
{
    public override void Declare(Scope scope)
    {
        foreach (var part in parts) part.Declare(scope);
    }

    public override object Eval(Frame frame)
    {
        for (var index = 0; index < parts.Count - 1; index++)
        {
            var value = parts[index].Eval(frame);
            if (Truth.Of(frame.Machine, value) != isAnd) return value;
        }
        return parts[^1].Eval(frame);
    }

    public override bool Test(Frame frame)
    {
        foreach (var part in parts)
            if (part.Test(frame) != isAnd) return !isAnd;
        return isAnd;
    }
}
