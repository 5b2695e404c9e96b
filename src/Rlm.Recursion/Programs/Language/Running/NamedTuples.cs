using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Types made by <c>collections.namedtuple</c>.</summary>
internal static class NamedTuples
{
    public static PyClass Type(string name, IReadOnlyList<string> fields, IReadOnlyList<object> defaults)
    {
        var members = new PyDict();
        members.Put(" defaults", new PyTuple([.. defaults]));
        return new PyClass(name, Types.Tuple) { Members = members, IsNamedTuple = true, Fields = fields };
    }

    public static object Make(Machine machine, PyClass type, Args args)
    {
        var fields = type.Fields!;
        var values = new object?[fields.Count];
        if (args.Count > fields.Count) throw Raise.Type($"{type.Name}.__new__() takes {fields.Count + 1} positional arguments but {args.Count + 1} were given");
        args.Positional.CopyTo(values!);
        foreach (var (name, value) in args.Named)
        {
            var place = Place(fields, name);
            if (place < 0) throw Raise.Type($"{type.Name}.__new__() got an unexpected keyword argument '{name}'");
            if (values[place] is not null) throw Raise.Type($"{type.Name}.__new__() got multiple values for argument '{name}'");
            values[place] = value;
        }
        var defaults = ((PyTuple)type.Find(" defaults")!).Items;
        for (var index = 0; index < defaults.Length; index++) values[fields.Count - defaults.Length + index] ??= defaults[index];
        var missing = fields.Where((_, place) => values[place] is null).Select(field => $"'{field}'").ToList();
        if (missing.Count > 0) throw Raise.Type($"{type.Name}.__new__() missing {missing.Count} required positional argument{(missing.Count == 1 ? "" : "s")}: {(missing.Count == 1 ? missing[0] : missing.Count == 2 ? $"{missing[0]} and {missing[1]}" : $"{string.Join(", ", missing.Take(missing.Count - 1))}, and {missing[^1]}")}");
        machine.ChargeElements(values.Length);
        return new PyTuple([.. values.Select(value => value!)], type);
    }

    public static object? Method(Machine machine, PyTuple tuple, PyClass type, string name)
    {
        _ = machine;
        return name switch
        {
            "_asdict" => new PyNative(name, (m, _) => AsDict(m, tuple, type)),
            "_replace" => new PyNative(name, (_, args) => Replace(tuple, type, args)),
            "_fields" => new PyTuple([.. type.Fields!]),
            _ => type.Find(name) is { } own && name[0] != ' ' ? Attributes.Bound(machine, own, tuple, type) : null,
        };
    }

    public static object? ClassMember(Machine machine, PyClass type, string name)
    {
        _ = machine;
        if (!type.IsNamedTuple) return null;
        return name switch
        {
            "_fields" => new PyTuple([.. type.Fields!]),
            "_make" => new PyNative(name, (m, args) => Make(m, type, new Args([.. Iterating.Collect(m, args.One("_make"))]))),
            _ => null,
        };
    }

    private static PyDict AsDict(Machine machine, PyTuple tuple, PyClass type)
    {
        var made = new PyDict();
        foreach (var (field, value) in type.Fields!.Zip(tuple.Items)) made.Set(machine, field, value);
        return made;
    }

    private static PyTuple Replace(PyTuple tuple, PyClass type, Args args)
    {
        var items = tuple.Items.ToArray();
        foreach (var (name, value) in args.Named)
        {
            var place = Place(type.Fields!, name);
            if (place < 0) throw Raise.Value($"Got unexpected field names: ['{name}']");
            items[place] = value;
        }
        return new PyTuple(items, type);
    }

    private static int Place(IReadOnlyList<string> fields, string name)
    {
        for (var index = 0; index < fields.Count; index++)
            if (fields[index] == name) return index;
        return -1;
    }
}
