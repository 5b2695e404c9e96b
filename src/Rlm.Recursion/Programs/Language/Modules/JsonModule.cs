using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary><c>json</c>: dumps and loads.</summary>
internal static class JsonModule
{
    public static PyModule Make() => new("json", new Dictionary<string, object>
    {
        ["dumps"] = new PyNative("dumps", Dumps),
        ["loads"] = new PyNative("loads", Loads),
        ["JSONDecodeError"] = ExceptionTypes.ByName["JSONDecodeError"],
    });

    private static object Dumps(Machine machine, Args args)
    {
        var given = args.Bind("dumps", 1, "/obj", "*skipkeys", "*ensure_ascii", "*check_circular", "*allow_nan", "*cls", "*indent", "*separators", "*default", "*sort_keys");
        if (given[5] is not (null or PyNone)) throw Refuse.Here(Refusals.JsonOption, "cls");
        var indent = given[6] switch { null or PyNone => null, string text => text, var count => new string(' ', (int)Math.Clamp(Indexes.Of(count), 0, 100)) };
        var (item, key) = given[7] is null or PyNone ? (indent is null ? ", " : ",", ": ") : Iterating.Collect(machine, given[7]!) is [string first, string second] ? (first, second) : throw Raise.Type("separators must be a pair of str");
        var writer = new JsonWriter(machine)
        {
            SkipKeys = IsSet(machine, given[1]),
            EnsureAscii = given[2] is null || Truth.Of(machine, given[2]!),
            AllowNan = given[4] is null || Truth.Of(machine, given[4]!),
            Indent = indent,
            ItemSeparator = item,
            KeySeparator = key,
            Default = given[8] is PyNone ? null : given[8],
            SortKeys = IsSet(machine, given[9]),
        };
        writer.Write(given[0]!, 0);
        var made = writer.ToString();
        machine.ChargeText(made.Length);
        return made;
    }

    private static bool IsSet(Machine machine, object? value) => value is not null && Truth.Of(machine, value);

    private static object Loads(Machine machine, Args args)
    {
        var given = args.Bind("loads", 1, "/s", "*cls", "*object_hook", "*parse_float", "*parse_int", "*parse_constant", "*object_pairs_hook");
        if (given.Skip(1).Any(option => option is not (null or PyNone))) throw Refuse.Here(Refusals.JsonOption, "hooks of loads");
        return new JsonReader(machine, given[0] as string ?? throw Raise.Type($"the JSON object must be str, bytes or bytearray, not {Types.NameOf(given[0]!)}")).Read();
    }
}
