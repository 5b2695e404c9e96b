using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>def</c>, with decorators.</summary>
internal sealed class DefStmt(NameExpr name, IReadOnlyList<Parameter> parameters, IReadOnlyList<Stmt> body, IReadOnlyList<Expr> decorators, int line) : Stmt(line)
{
    private readonly FunctionMaker _maker = new(name.Name, parameters, body, line);

    public override void Declare(Scope scope)
    {
        foreach (var decorator in decorators) decorator.Declare(scope);
        name.DeclareStore(scope);
        _maker.Declare(scope);
    }

    public override Flow Run(Frame frame)
    {
        var wrappers = decorators.Select(decorator => decorator.Eval(frame)).ToArray();
        object made = _maker.Make(frame);
        for (var index = wrappers.Length - 1; index >= 0; index--)
        {
            frame.Line = decorators[index].Line;
            made = Calls.Call(frame.Machine, wrappers[index], made);
        }
        name.Store(frame, made);
        return Flow.Next;
    }
}
