using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>Puts arguments into the slots of parameters, with CPython's errors.</summary>
internal static class Binding
{
    public static void Bind(Machine machine, PyFunction function, Args args, object?[] slots)
    {
        var parameters = function.Code.Parameters;
        var name = function.Code.FullName;
        var places = Positional(parameters);
        var given = args.Count;
        for (var index = 0; index < given && index < places.Count; index++) slots[places[index]] = args[index];
        if (Star(parameters, 1) is >= 0 and var rest)
        {
            machine.ChargeElements(Math.Max(0, given - places.Count));
            slots[rest] = new PyTuple(given > places.Count ? args.Items[places.Count..given] : []);
        }
        else if (given > places.Count) throw TooMany(function, places, given, args);
        Named(machine, parameters, name, args, slots);
        for (var index = 0; index < parameters.Count; index++)
            if (parameters[index].Stars == 0) slots[index] ??= function.Defaults[index];
        Missing(parameters, name, slots);
    }

    private static void Named(Machine machine, IReadOnlyList<Parameter> parameters, string function, Args args, object?[] slots)
    {
        var open = Star(parameters, 2);
        var more = open >= 0 ? new PyDict() : null;
        foreach (var (name, value) in args.Named)
        {
            var at = Place(parameters, name);
            if (at < 0)
            {
                if (more is null) throw Raise.Type(parameters.Any(parameter => parameter.IsPositionalOnly && parameter.Name == name) ? $"{function}() got some positional-only arguments passed as keyword arguments: '{name}'" : $"{function}() got an unexpected keyword argument '{name}'");
                more.Set(machine, name, value);
            }
            else if (slots[at] is not null) throw Raise.Type($"{function}() got multiple values for argument '{name}'");
            else slots[at] = value;
        }
        if (more is not null) slots[open] = more;
    }

    private static void Missing(IReadOnlyList<Parameter> parameters, string function, object?[] slots)
    {
        foreach (var isKeyword in new[] { false, true })
        {
            var absent = parameters.Where((parameter, index) => parameter.Stars == 0 && parameter.IsKeywordOnly == isKeyword && slots[index] is null).Select(parameter => $"'{parameter.Name}'").ToList();
            if (absent.Count == 0) continue;
            throw Raise.Type($"{function}() missing {absent.Count} required {(isKeyword ? "keyword-only" : "positional")} argument{(absent.Count == 1 ? "" : "s")}: {Listed(absent)}");
        }
    }

    private static string Listed(List<string> names) => names.Count switch
    {
        1 => names[0],
        2 => $"{names[0]} and {names[1]}",
        _ => $"{string.Join(", ", names.Take(names.Count - 1))}, and {names[^1]}",
    };

    private static PyRaise TooMany(PyFunction function, List<int> places, int given, Args args)
    {
        var parameters = function.Code.Parameters;
        var defaults = places.Count(place => function.Defaults[place] is not null);
        var takes = defaults > 0 ? $"from {places.Count - defaults} to {places.Count} positional arguments" : $"{places.Count} positional argument{(places.Count == 1 ? "" : "s")}";
        var named = args.Named.Count(argument => parameters.Any(parameter => parameter.IsKeywordOnly && parameter.Name == argument.Name));
        var was = named > 0 ? $"{given} positional argument{(given == 1 ? "" : "s")} (and {named} keyword-only argument{(named == 1 ? "" : "s")}) were" : given == 1 ? "1 was" : $"{given} were";
        return Raise.Type($"{function.Code.FullName}() takes {takes} but {was} given");
    }

    private static List<int> Positional(IReadOnlyList<Parameter> parameters)
    {
        var places = new List<int>(parameters.Count);
        for (var index = 0; index < parameters.Count; index++)
            if (parameters[index] is { Stars: 0, IsKeywordOnly: false }) places.Add(index);
        return places;
    }

    private static int Star(IReadOnlyList<Parameter> parameters, int stars)
    {
        for (var index = 0; index < parameters.Count; index++)
            if (parameters[index].Stars == stars) return index;
        return -1;
    }

    private static int Place(IReadOnlyList<Parameter> parameters, string name)
    {
        for (var index = 0; index < parameters.Count; index++)
            if (parameters[index] is { Stars: 0, IsPositionalOnly: false } && parameters[index].Name == name) return index;
        return -1;
    }
}
