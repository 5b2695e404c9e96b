using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Values made by calling a class.</summary>
internal static class Classes
{
    public static object Make(Machine machine, PyClass type, Args args)
    {
        machine.Tick();
        if (type.Construct is { } construct) return construct(machine, args);
        if (type.IsException) return MakeException(machine, type, args);
        if (type.IsNamedTuple) return NamedTuples.Make(machine, type, args);
        if (ReferenceEquals(type, Types.Object)) return args.Items.Length == 0 ? new PyInstance(type) : throw Raise.Type("object() takes no arguments");
        if (type.Members is null) throw Refuse.Here(Refusals.Forbidden, $"{type.Name}(...)");
        machine.Charge(PyDict.EntryBytes);
        var made = new PyInstance(type);
        if (type.Find("__init__") is { } init) Initialize(machine, init, made, args);
        else if (type.Data is not null) DataClasses.Fill(machine, made, args);
        else if (args.Items.Length > 0) throw Raise.Type($"{type.Name}() takes no arguments");
        return made;
    }

    private static PyException MakeException(Machine machine, PyClass type, Args args)
    {
        machine.ChargeElements(args.Items.Length);
        var made = new PyException(type, new PyTuple(args.Positional.ToArray()));
        if (type.Find("__init__") is { } init) Initialize(machine, init, made, args);
        else args.NoNames(type.Name);
        return made;
    }

    private static void Initialize(Machine machine, object init, PyInstance made, Args args)
    {
        var result = Calls.Call(machine, Attributes.Bound(machine, init, made, made.Type), args);
        if (result is not PyNone) throw Raise.Type($"__init__() should return None, not '{Types.NameOf(result)}'");
    }
}
