using Rlm.Recursion.Programs.Language.Running;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>value.name</c>.</summary>
internal sealed class AttributeExpr(Expr owner, string name, int line) : Target(line)
{
    public Expr Owner { get; } = owner;

    public string Name { get; } = name;

    public override void Declare(Scope scope) => Owner.Declare(scope);

    public override void DeclareStore(Scope scope) => Owner.Declare(scope);

    public override object Eval(Frame frame)
    {
        var value = Owner.Eval(frame);
        frame.Line = Line;
        return Attributes.Get(frame.Machine, value, Name);
    }

    public override void Store(Frame frame, object value)
    {
        var owner = Owner.Eval(frame);
        frame.Line = Line;
        Attributes.Set(frame.Machine, owner, Name, value);
    }

    public override void Delete(Frame frame)
    {
        var owner = Owner.Eval(frame);
        frame.Line = Line;
        Attributes.Delete(owner, Name);
    }
}
