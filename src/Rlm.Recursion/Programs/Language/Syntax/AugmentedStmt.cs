using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>target op= value</c>; owner and index of the target are evaluated once.</summary>
internal sealed class AugmentedStmt(Target target, string sign, Expr value, int line) : Stmt(line)
{
    private readonly char _fast = sign.Length == 1 ? sign[0] : '\0';

    public override void Declare(Scope scope)
    {
        target.DeclareStore(scope);
        value.Declare(scope);
    }

    public override Flow Run(Frame frame)
    {
        var machine = frame.Machine;
        switch (target)
        {
            case NameExpr name:
                var known = name.Eval(frame);
                name.Store(frame, Result(frame, known));
                break;
            case AttributeExpr attribute:
                var owner = attribute.Owner.Eval(frame);
                Attributes.Set(machine, owner, attribute.Name, Result(frame, Attributes.Get(machine, owner, attribute.Name)));
                break;
            case IndexExpr element:
                var container = element.Owner.Eval(frame);
                var index = element.Index.Eval(frame);
                Subscripts.Set(machine, container, index, Result(frame, Subscripts.Get(machine, container, index)));
                break;
        }
        return Flow.Next;
    }

    private object Result(Frame frame, object known)
    {
        var more = value.Eval(frame);
        if (known is long a && more is long b && BinaryExpr.Quick(_fast, a, b) is { } quick) return quick;
        frame.Line = Line;
        return Arith.InPlace(frame.Machine, sign, known, more);
    }
}
