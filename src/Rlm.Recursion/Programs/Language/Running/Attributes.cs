using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Attributes of values. Names with two underscores at both ends are refused but for a few, so that nothing of the machinery can be reached.</summary>
internal static class Attributes
{
    public static object Get(Machine machine, object value, string name) => TryGet(machine, value, name) ?? throw Raise.Attribute(value, name);

    public static object? TryGet(Machine machine, object value, string name)
    {
        if (value is PySuper super) return Instances.Known.Contains(name) || !IsDunder(name) ? super.Find(machine, name) : throw Refuse.Here(Refusals.Dunder, name);
        if (IsDunder(name) && Special(machine, value, name) is { } special) return special;
        return value switch
        {
            PyInstance instance => OfInstance(machine, instance, name),
            PyClass type => OfClass(machine, type, name),
            PyModule module => module.Members.GetValueOrDefault(name),
            PyTuple { Type.Fields: { } fields } tuple when Place(fields, name) is >= 0 and var place => tuple.Items[place],
            PyTuple { Type: { } type } tuple when NamedTuples.Method(machine, tuple, type, name) is { } method => method,
            PyFunction function => null,
            _ => MethodTables.Find(value, name) is { } method ? new PyNative(name, (m, args) => method(m, value, args), value) : MethodTables.Field(machine, value, name),
        };
    }

    public static void Set(Machine machine, object value, string name, object content)
    {
        switch (value)
        {
            case PyInstance instance:
                if (IsDunder(name) && name != "__cause__") throw Refuse.Here(Refusals.Dunder, name);
                if (instance.Type.Data is { Frozen: true }) throw Raise.Error("AttributeError", $"cannot assign to field '{name}'");
                if (instance.Type.Find(name) is PyDescriptor { Kind: "property" } property)
                {
                    if (property.Setter is null) throw Raise.Error("AttributeError", $"property '{name}' of '{instance.Type.Name}' object has no setter");
                    Calls.Call(machine, property.Setter, instance, content);
                    return;
                }
                if (!instance.Fields.ContainsKey(name)) machine.Charge(PyDict.EntryBytes);
                instance.Fields[name] = content;
                return;
            case PyClass { Members: { } members }:
                if (IsDunder(name)) throw Refuse.Here(Refusals.Dunder, name);
                members.Set(machine, name, content);
                return;
            case PyClass type:
                throw Raise.Type($"cannot set '{name}' attribute of immutable type '{type.Name}'");
            case PyModule or PyFunction:
                throw Refuse.Here(Refusals.Global, name);
            case PyTuple { Type.Fields: { } fields } when fields.Contains(name):
                throw Raise.Error("AttributeError", "can't set attribute");
            case PyDict { Kind: DictKind.Default } dict when name == "default_factory":
                dict.Factory = content is PyNone ? null : content;
                return;
            default:
                throw Raise.Error("AttributeError", MethodTables.Find(value, name) is null ? $"'{Types.NameOf(value)}' object has no attribute '{name}'" : $"'{Types.NameOf(value)}' object attribute '{name}' is read-only");
        }
    }

    public static void Delete(object value, string name)
    {
        if (value is PyClass { Members: { } members } && members.Remove(name, out _)) return;
        if (value is not PyInstance instance || !instance.Fields.Remove(name)) throw value is PyInstance ? Raise.Error("AttributeError", name) : Raise.Attribute(value, name);
    }

    /// <summary>A class member as it is seen through an instance: functions become methods.</summary>
    public static object Bound(Machine machine, object member, object instance, PyClass type) => member switch
    {
        PyFunction => new PyMethod(instance, member),
        PyDescriptor { Kind: "compare" } method => new PyMethod(instance, method.Function),
        PyDescriptor { Kind: "property" } property => Calls.Call(machine, property.Function, instance),
        PyDescriptor { Kind: "classmethod" } method => new PyMethod(type, method.Function),
        PyDescriptor { Kind: "staticmethod" } method => method.Function,
        _ => member,
    };

    public static bool IsDunder(string name) => name.Length > 4 && name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal);

    private static object? OfInstance(Machine machine, PyInstance instance, string name)
    {
        var member = instance.Type.Find(name);
        if (member is PyDescriptor { Kind: "property" }) return Bound(machine, member, instance, instance.Type);
        if (instance.Fields.TryGetValue(name, out var field)) return field;
        if (member is not null) return Bound(machine, member, instance, instance.Type);
        return instance is PyException exception ? Exceptions.Field(machine, exception, name) : null;
    }

    private static object? OfClass(Machine machine, PyClass type, string name)
    {
        if (type.Find(name) is { } member) return member is PyDescriptor { Kind: "property" } ? member : Bound(machine, member is PyFunction ? new PyDescriptor("staticmethod", member) : member, type, type);
        return NamedTuples.ClassMember(machine, type, name) ?? MethodTables.OfType(type, name);
    }

    private static object? Special(Machine machine, object value, string name)
    {
        switch (name)
        {
            case "__class__":
                return Types.Of(value);
            case "__name__" or "__qualname__" when value is PyClass type:
                return Types.ShortName(type);
            case "__name__" when value is PyFunction function:
                return function.Code.Name;
            case "__name__" when value is PyNative native:
                return native.Name;
            case "__name__" when value is PyMethod { Function: PyFunction bound }:
                return bound.Code.Name;
            case "__name__" when value is PyModule module:
                return module.Name;
            case "__cause__" when value is PyException exception:
                return exception.Cause ?? (object)PyNone.Value;
            case "__context__" when value is PyException exception:
                return exception.Context ?? (object)PyNone.Value;
            case "__doc__" when value is PyFunction documented:
                return documented.Code.Doc ?? (object)PyNone.Value;
            case "__init__" when value is PyException exception && exception.Type.Find(name) is null:
                return new PyNative(name, (_, _) => PyNone.Value);
        }
        var held = value switch { PyInstance instance => instance.Type.Find(name), PyClass type => type.Find(name), _ => null };
        if (held is not null && Instances.Known.Contains(name)) return null;
        _ = machine;
        throw Refuse.Here(Refusals.Dunder, name);
    }

    private static int Place(IReadOnlyList<string> names, string name)
    {
        for (var index = 0; index < names.Count; index++)
            if (names[index] == name) return index;
        return -1;
    }
}
