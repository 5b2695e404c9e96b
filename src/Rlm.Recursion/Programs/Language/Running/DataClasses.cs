using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary><c>@dataclass</c>: fields in the order of their annotations, those of the parent first.</summary>
internal static class DataClasses
{
    public static void Prepare(PyClass made, DataClass options, IReadOnlyList<string> annotated)
    {
        var fields = new List<string>(made.Parent is { Data: not null, Fields: { } inherited } ? inherited : []);
        foreach (var name in annotated)
            if (!fields.Contains(name)) fields.Add(name);
        made.Fields = fields;
        made.Data = options;
        string? defaulted = null;
        foreach (var field in fields)
        {
            var value = made.Find(field);
            if (value is PyList or PyDict or PySet) throw Raise.Value($"mutable default {(value is PyList ? "<class 'list'>" : value is PyDict ? "<class 'dict'>" : "<class 'set'>")} for field {field} is not allowed: use default_factory");
            if (value is null && defaulted is not null) throw Raise.Type($"non-default argument '{field}' follows default argument");
            if (value is not null) defaulted = field;
        }
    }

    public static void Fill(Machine machine, PyInstance made, Args args)
    {
        var fields = made.Type.Fields!;
        var given = new object?[fields.Count];
        if (args.Count > fields.Count) throw Raise.Type($"{made.Type.Name}.__init__() takes {Counts(made.Type, fields)} but {args.Count + 1} were given");
        args.Positional.CopyTo(given!);
        foreach (var (name, value) in args.Named)
        {
            var place = ((List<string>)fields).IndexOf(name);
            if (place < 0) throw Raise.Type($"{made.Type.Name}.__init__() got an unexpected keyword argument '{name}'");
            if (given[place] is not null) throw Raise.Type($"{made.Type.Name}.__init__() got multiple values for argument '{name}'");
            given[place] = value;
        }
        var missing = fields.Where((field, place) => given[place] is null && made.Type.Find(field) is null).Select(field => $"'{field}'").ToList();
        if (missing.Count > 0) throw Raise.Type($"{made.Type.Name}.__init__() missing {missing.Count} required positional argument{(missing.Count == 1 ? "" : "s")}: {Listed(missing)}");
        for (var place = 0; place < fields.Count; place++) made.Fields[fields[place]] = given[place] ?? Default(machine, made.Type.Find(fields[place])!);
        if (made.Type.Find("__post_init__") is { } after) Calls.Call(machine, Attributes.Bound(machine, after, made, made.Type), Args.None);
    }

    private static object Default(Machine machine, object value) => value is PyDescriptor { Kind: "field" } field ? Calls.Call(machine, field.Function, Args.None) : value;

    private static string Counts(PyClass type, IReadOnlyList<string> fields)
    {
        var required = fields.Count(field => type.Find(field) is null) + 1;
        return required == fields.Count + 1 ? $"{required} positional argument{(required == 1 ? "" : "s")}" : $"from {required} to {fields.Count + 1} positional arguments";
    }

    private static string Listed(List<string> names) => names.Count switch { 1 => names[0], 2 => $"{names[0]} and {names[1]}", _ => $"{string.Join(", ", names.Take(names.Count - 1))}, and {names[^1]}" };
}
