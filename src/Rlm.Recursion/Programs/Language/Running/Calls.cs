using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Calls anything that can be called.</summary>
internal static class Calls
{
    public static object Call(Machine machine, object callee, Args args)
    {
        switch (callee)
        {
            case PyFunction function:
                return function.Code.Invoke(machine, function, args);
            case PyNative native:
                machine.Tick();
                machine.Enter();
                try
                {
                    return native.Body(machine, args);
                }
                finally
                {
                    machine.Leave();
                }
            case PyMethod method:
                return Call(machine, method.Function, Before(method.Self, args));
            case PyClass type:
                return Classes.Make(machine, type, args);
            case PyInstance instance when instance is not PyException && instance.Type.Find("__call__") is { } found:
                return Call(machine, Attributes.Bound(machine, found, instance, instance.Type), args);
            case PyDescriptor { Kind: "staticmethod" } wrapped:
                return Call(machine, wrapped.Function, args);
            default:
                throw Raise.Type($"'{Types.NameOf(callee)}' object is not callable");
        }
    }

    public static object Call(Machine machine, object callee, params object[] arguments) => Call(machine, callee, new Args(arguments));

    public static bool IsCallable(object value) => value is PyFunction or PyNative or PyMethod or PyClass or PyDescriptor { Kind: "staticmethod" } || value is PyInstance instance && instance.Type.Find("__call__") is not null;

    public static Args Before(object first, Args args) => new([first, .. args.Items], args.Names);
}
