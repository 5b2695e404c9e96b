using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>lambda parameters: value</c>.</summary>
internal sealed class LambdaExpr(IReadOnlyList<Parameter> parameters, Expr body, int line) : Expr(line)
{
    private readonly FunctionMaker _maker = new("<lambda>", parameters, [new ReturnStmt(body, line)], line);

    public override void Declare(Scope scope) => _maker.Declare(scope);

    public override object Eval(Frame frame) => _maker.Make(frame);
}
