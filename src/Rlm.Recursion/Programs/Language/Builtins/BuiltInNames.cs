using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>The names that every program has: functions, types and exceptions.</summary>
internal static class BuiltInNames
{
    public static readonly IReadOnlyDictionary<string, object> All = Build();

    private static Dictionary<string, object> Build()
    {
        var names = new Dictionary<string, object>();
        foreach (var (name, type) in ExceptionTypes.ByName)
            if (!name.Contains('.', StringComparison.Ordinal) && name != "JSONDecodeError") names[name] = type;
        names["EnvironmentError"] = names["IOError"] = ExceptionTypes.ByName["OSError"];
        foreach (var type in new[] { Types.Object, Types.Int, Types.Float, Types.Bool, Types.Str, Types.List, Types.Tuple, Types.Dict, Types.Set, Types.FrozenSet, Types.Range, Types.Slice, Types.Type }) names[type.Name] = type;
        Types.Int.Construct = Conversions.Int;
        Types.Float.Construct = Conversions.Float;
        Types.Bool.Construct = Conversions.Bool;
        Types.Str.Construct = Conversions.Str;
        Types.List.Construct = Conversions.List;
        Types.Tuple.Construct = Conversions.Tuple;
        Types.Dict.Construct = Conversions.Dict;
        Types.Set.Construct = (machine, args) => Conversions.Set(machine, args, false);
        Types.FrozenSet.Construct = (machine, args) => Conversions.Set(machine, args, true);
        Types.Range.Construct = Conversions.Range;
        Types.Slice.Construct = Conversions.Slice;
        Types.Type.Construct = (_, args) => args.Count == 1 ? Types.Of(args[0]) : throw Refuse.Here(Refusals.TypeExpression);
        names["NotImplemented"] = PyNone.NotImplemented;
        names["Ellipsis"] = PyNone.Ellipsis;
        names["__name__"] = "__main__";
        foreach (var (name, body) in BasicFunctions.All.Concat(NumberFunctions.All).Concat(IterationFunctions.All).Concat(Decorators.All)) names[name] = new PyNative(name, body);
        return names;
    }
}
