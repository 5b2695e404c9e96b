using Rlm.Recursion.Programs.Language.Running;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A literal, or something else that is known when the program is read.</summary>
internal sealed class ConstExpr(object value, int line) : Expr(line)
{
    public object Value { get; } = value;

    public override bool IsConstant => true;

    public override void Declare(Scope scope)
    {
    }

    public override object Eval(Frame frame) => Value;
}
