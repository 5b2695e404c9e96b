using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>Arguments with names and stars.</summary>
internal static class ArgumentList
{
    public static Args Of(Frame frame, IReadOnlyList<Argument> arguments)
    {
        var machine = frame.Machine;
        var items = new List<object>();
        var names = new List<string>();
        var values = new List<object>();
        foreach (var argument in arguments)
        {
            var value = argument.Value.Eval(frame);
            if (argument.Stars == 1) items.AddRange(Star(machine, value));
            else if (argument.Stars == 2) Named(machine, value, names, values);
            else if (argument.Name is null) items.Add(value);
            else Add(argument.Name, value, names, values);
        }
        if (names.Count == 0) return new Args([.. items]);
        items.AddRange(values);
        return new Args([.. items], [.. names]);
    }

    private static List<object> Star(Machine machine, object value)
    {
        if (value is not (PyList or PyTuple or LazyList or string or PyDict or PySet or PyIterator or PyRange or PyDictView or PyDeque or PyInstance)) throw Raise.Type($"Value after * must be an iterable, not {Types.NameOf(value)}");
        return Iterating.Collect(machine, value);
    }

    private static void Named(Machine machine, object value, List<string> names, List<object> values)
    {
        if (value is not PyDict dict) throw Raise.Type($"argument after ** must be a mapping, not {Types.NameOf(value)}");
        machine.Tick(dict.Count);
        foreach (var (key, item) in dict.Entries) Add(key as string ?? throw Raise.Type("keywords must be strings"), item, names, values);
    }

    private static void Add(string name, object value, List<string> names, List<object> values)
    {
        if (names.Contains(name)) throw Raise.Type($"got multiple values for keyword argument '{name}'");
        names.Add(name);
        values.Add(value);
    }
}
