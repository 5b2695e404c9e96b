using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.Json;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Plain values to JSON and back, for host calls; and which variables survive a restart, in the form of <see cref="SavedData"/>.</summary>
internal static class PlainData
{
    public const int MaxDepth = 60;

    /// <summary>Globals that are plain data, each with what room it takes of <paramref name="room"/> bytes, and the names of the others.</summary>
    public static JsonObject Save(Globals globals, long room)
    {
        var values = new JsonObject();
        var others = new JsonArray();
        var machine = new Machine(new InterpreterLimits { MaxSteps = 100_000_000 }, CancellationToken.None);
        foreach (var (name, cell) in globals.Cells)
        {
            if (cell.Value is null or PyModule) continue;
            if (TrySave(machine, cell.Value, ref room, out var node)) values[name] = node;
            else others.Add((JsonNode?)name);
        }
        return new JsonObject { ["values"] = values, ["not"] = others };
    }

    public static void Load(Globals globals, JsonObject saved, InterpreterLimits limits)
    {
        if (saved["values"] is not JsonObject values) return;
        var machine = new Machine(limits, CancellationToken.None);
        foreach (var (name, node) in values) globals.Cell(name).Value = SavedData.Unpack(machine, node);
    }

    /// <summary>A value as JSON; what is not plain data is Python's TypeError.</summary>
    public static JsonNode? ToJson(Machine machine, object value) => TryNode(machine, value, 0, out var node) ? node : throw Raise.Type($"host functions take plain data (None, bool, int, float, str, list, tuple, set, dict with str keys), not {Types.NameOf(value)}");

    public static object FromJson(Machine machine, JsonNode? node, int depth = 0)
    {
        if (depth > 500) throw Raise.Value("the host's answer is nested too deeply");
        machine.Tick();
        switch (node)
        {
            case null:
                return PyNone.Value;
            case JsonArray array:
                machine.ChargeElements(array.Count);
                return new PyList([.. array.Select(item => FromJson(machine, item, depth + 1))]);
            case JsonObject known:
                if (known.Count == 1 && known["$float"] is JsonValue special && special.TryGetValue<string>(out var name) && name is "nan" or "inf" or "-inf") return Special(name);
                var dict = new PyDict();
                foreach (var (key, item) in known) dict.Set(machine, CodePoints.Repaired(key), FromJson(machine, item, depth + 1));
                return dict;
            default:
                return Scalar(machine, node);
        }
    }

    private static object Special(string name) => name switch { "nan" => double.NaN, "inf" => double.PositiveInfinity, _ => double.NegativeInfinity };

    private static object Scalar(Machine machine, JsonNode node)
    {
        switch (node.GetValueKind())
        {
            case JsonValueKind.True:
                return Box.True;
            case JsonValueKind.False:
                return Box.False;
            case JsonValueKind.Number:
                var digits = node.ToJsonString();
                return digits.AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? Numerals.Parse(digits, 10) : double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
            default:
                var text = CodePoints.Repaired(node.GetValue<string>());
                machine.ChargeText(text.Length);
                return text;
        }
    }

    private static bool TrySave(Machine machine, object value, ref long room, out JsonNode? node)
    {
        try
        {
            node = null;
            if (new SavedData(machine, room).Pack(value) is not { } json) return false;
            room -= json.Length;
            node = JsonNode.Parse(json.Span, null, new() { MaxDepth = 4 * MaxDepth });
            return true;
        }
        catch (Exception error) when (error is PyRaise or LimitException)
        {
            node = null;
            return false;
        }
    }

    private static bool TryScalar(object value, out JsonNode? node)
    {
        node = value switch
        {
            bool truth => JsonValue.Create(truth),
            // Parsed, so that the host may read it as any kind of number.
            long or BigInteger => JsonNode.Parse(Numerals.Text(value)),
            string text => JsonValue.Create(text),
            _ => null,
        };
        return node is not null || ReferenceEquals(value, PyNone.Value);
    }

    private static bool TryNode(Machine machine, object value, int depth, out JsonNode? node)
    {
        machine.Tick();
        machine.Charge(96);
        node = null;
        if (depth > MaxDepth) return false;
        switch (value)
        {
            case PyNone or bool or long or BigInteger or string:
                return TryScalar(value, out node);
            case double number:
                node = double.IsFinite(number) ? JsonNode.Parse(Writing.Float(number)) : new JsonObject { ["$float"] = double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf" };
                return true;
            case PyDict dict:
                return TryObject(machine, dict, depth, out node);
            case PyList or PyTuple or LazyList:
                return TryArray(machine, Iterating.Items(value), depth, out node);
            case PySet or PyRange or PyDictView or PyDeque:
                return TryArray(machine, Iterating.Collect(machine, value), depth, out node);
            default:
                return false;
        }
    }

    private static bool TryArray(Machine machine, IReadOnlyList<object> items, int depth, out JsonNode? node)
    {
        var array = new JsonArray();
        node = array;
        foreach (var item in items)
        {
            if (!TryNode(machine, item, depth + 1, out var inner)) return false;
            array.Add(inner);
        }
        return true;
    }

    private static bool TryObject(Machine machine, PyDict dict, int depth, out JsonNode? node)
    {
        var made = new JsonObject();
        node = made;
        foreach (var (key, value) in dict.Entries)
        {
            if (key is not string name || !TryNode(machine, value, depth + 1, out var inner)) return false;
            made[name] = inner;
        }
        return true;
    }
}
