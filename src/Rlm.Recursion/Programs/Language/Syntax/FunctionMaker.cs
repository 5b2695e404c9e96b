using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>What <c>def</c> and <c>lambda</c> share: a scope with parameters, and functions made from it.</summary>
internal sealed class FunctionMaker(string name, IReadOnlyList<Parameter> parameters, IReadOnlyList<Stmt> body, int line)
{
    private readonly Block _body = new(body, line);
    private Scope? _scope;
    private Code? _code;

    public void Declare(Scope scope)
    {
        foreach (var parameter in parameters) parameter.Default?.Declare(scope);
        _scope = scope.Inside(ScopeKind.Function, name, scope.Class);
        foreach (var parameter in parameters) _scope.Parameter(parameter.Name, line);
        _scope.FirstParameter = parameters.Count > 0 && parameters[0].Stars == 0 ? parameters[0].Name : null;
        _body.Declare(_scope);
    }

    public PyFunction Make(Frame frame)
    {
        _code ??= new Code(name, parameters, _body, _scope!);
        frame.Machine.Charge(128);
        var defaults = new object?[parameters.Count];
        for (var index = 0; index < defaults.Length; index++) defaults[index] = parameters[index].Default?.Eval(frame);
        var closure = new Cell[_code.Free.Length];
        for (var index = 0; index < closure.Length; index++) closure[index] = (Cell)frame.Slots[_code.Free[index].Outside]!;
        return new PyFunction(_code, defaults, closure);
    }
}
