using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>super()</c> in a method: the class it stands in is known when the program is read.</summary>
internal sealed class SuperCall(ClassStmt owner, NameExpr self)
{
    public static SuperCall In(Scope scope, int line)
    {
        var function = scope;
        while (function.Kind == ScopeKind.Comprehension) function = function.Outer!;
        if (function.Class is null || function.FirstParameter is null) throw new ProgramSyntaxException("super(): no arguments", line);
        var self = new NameExpr(function.FirstParameter, line);
        self.Declare(scope);
        return new SuperCall(function.Class, self);
    }

    public object Eval(Frame frame) => new PySuper(self.Eval(frame), owner.Made?.Parent ?? throw Raise.Error("RuntimeError", "super(): empty __class__ cell"));
}
