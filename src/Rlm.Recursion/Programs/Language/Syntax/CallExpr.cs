using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A call. A method of a built-in type is called without making the method a value first.</summary>
internal sealed class CallExpr(Expr callee, IReadOnlyList<Argument> arguments, int line) : Expr(line)
{
    private readonly bool _isPlain = arguments.All(argument => argument.Name is null && argument.Stars == 0);
    private SuperCall? _super;

    public override void Declare(Scope scope)
    {
        callee.Declare(scope);
        foreach (var argument in arguments) argument.Value.Declare(scope);
        if (callee is NameExpr { Name: "super" } && arguments.Count == 0) _super = SuperCall.In(scope, Line);
    }

    public override object Eval(Frame frame)
    {
        var machine = frame.Machine;
        if (_super is not null) return _super.Eval(frame);
        if (callee is AttributeExpr attribute) return Method(frame, attribute);
        var function = callee.Eval(frame);
        var args = Arguments(frame);
        frame.Line = Line;
        return Calls.Call(machine, function, args);
    }

    private object Method(Frame frame, AttributeExpr attribute)
    {
        var machine = frame.Machine;
        var owner = attribute.Owner.Eval(frame);
        frame.Line = attribute.Line;
        if (owner is not (PyInstance or PyClass or PyModule or PyTuple) && MethodTables.Find(owner, attribute.Name) is { } method)
        {
            var args = Arguments(frame);
            frame.Line = Line;
            machine.Tick();
            return method(machine, owner, args);
        }
        if (owner is PyInstance instance && instance.Type.Find(attribute.Name) is PyFunction own && !instance.Fields.ContainsKey(attribute.Name))
        {
            var args = Arguments(frame);
            frame.Line = Line;
            return own.Code.Invoke(machine, own, Calls.Before(instance, args));
        }
        var function = Attributes.Get(machine, owner, attribute.Name);
        var given = Arguments(frame);
        frame.Line = Line;
        return Calls.Call(machine, function, given);
    }

    private Args Arguments(Frame frame)
    {
        if (arguments.Count == 0) return Args.None;
        if (!_isPlain) return ArgumentList.Of(frame, arguments);
        var items = new object[arguments.Count];
        for (var index = 0; index < items.Length; index++) items[index] = arguments[index].Value.Eval(frame);
        return new Args(items);
    }
}
