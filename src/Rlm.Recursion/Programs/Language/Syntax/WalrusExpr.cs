using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>name := value</c>.</summary>
internal sealed class WalrusExpr(NameExpr name, Expr value, int line) : Expr(line)
{
    public override void Declare(Scope scope)
    {
        value.Declare(scope);
        if (scope.Kind == ScopeKind.Comprehension && scope.Walrus.Kind == ScopeKind.Class) throw new ProgramSyntaxException("assignment expression within a comprehension cannot be used in a class body", Line);
        scope.Walrus.Bind(name.Name);
        name.Declare(scope);
    }

    public override object Eval(Frame frame)
    {
        var found = value.Eval(frame);
        name.Store(frame, found);
        return found;
    }
}
