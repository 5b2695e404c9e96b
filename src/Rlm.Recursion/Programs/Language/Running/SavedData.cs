using System.Numerics;
using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>
/// Plain data as JSON that comes back as it was, also in the other engine. What JSON has not stands under a name with a dollar, pairs as lists of two:
/// <code>
/// (1, {2})  ->  {"$tuple":[1,{"$set":[2]}]}      {3: nan}  ->  {"$dict":[[3,{"$float":"nan"}]]}      Counter("a")  ->  {"$counter":[["a",1]]}
/// </code>
/// </summary>
/// <param name="machine">Counts the steps.</param>
/// <param name="room">Characters that the JSON may take.</param>
internal sealed class SavedData(Machine machine, long room)
{
    private const int MaxDepth = 90;

    private static readonly Dictionary<string, PyClass> Factories = new[] { Types.List, Types.Int, Types.Set, Types.Dict, Types.Str, Types.Float, Types.Tuple }.ToDictionary(type => type.Name);
    private long _room = room;

    /// <summary>Writes a value; false where it is no plain data or has no room.</summary>
    public bool TryPack(object value, out JsonNode? node) => TryPack(value, 0, out node);

    /// <summary>Reads what <see cref="TryPack(object, out JsonNode?)"/> gave.</summary>
    public static object Unpack(Machine machine, JsonNode? node) => node switch
    {
        JsonArray list => new PyList(Items(machine, list)),
        JsonObject { Count: 1 } tagged when tagged.First() is ({ Length: > 1 } name, var content) && name[0] == '$' && Made(machine, name, content) is { } made => made,
        JsonObject map => Dict(machine, DictKind.Plain, map.Select(pair => ((object)pair.Key, Unpack(machine, pair.Value)))),
        _ => PlainData.FromJson(machine, node),
    };

    private bool TryPack(object value, int depth, out JsonNode? node)
    {
        machine.Tick();
        node = null;
        if (depth > MaxDepth || (_room -= 2 + (value is string text ? text.Length : 0)) < 0) return false;
        switch (value)
        {
            case PyNone or bool or long or BigInteger or string:
                return (value is not BigInteger big || (_room -= (long)big.GetBitLength() / 4) >= 0) && PlainData.TryScalar(value, out node);
            case double number:
                node = double.IsFinite(number) ? JsonNode.Parse(Writing.Float(number)) : new JsonObject { ["$float"] = double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf" };
                return true;
            case PyList or LazyList { IsComplete: true }:
                return TryItems(Iterating.Items(value), depth + 1, out node);
            case PyDict { Kind: DictKind.Plain } dict when dict.Entries.All(entry => entry.Key is string key && !key.StartsWith('$')):
                return TryObject(dict, depth, out node);
            case PyDict dict:
                return TryDict(dict, depth, out node);
            case PyTuple { Type: null } tuple:
                return TryItems(tuple.Items, depth + 2, out var items) && Tagged("$tuple", items, out node);
            case PySet set:
                return TryItems([.. set.Items], depth + 2, out var elements) && Tagged(set.Frozen ? "$frozenset" : "$set", elements, out node);
            case PyDeque deque:
                return TryItems([.. deque.Items], depth + 3, out var queue) && Tagged("$deque", new JsonArray(queue, deque.Maximum), out node);
            default:
                return false;
        }
    }

    private bool TryDict(PyDict dict, int depth, out JsonNode? node)
    {
        node = null;
        if (dict.Kind != DictKind.Default) return TryPairs(dict, depth, out var pairs) && Tagged(dict.Kind switch { DictKind.Counter => "$counter", DictKind.Ordered => "$ordered", _ => "$dict" }, pairs, out node);
        if (dict.Factory is not null && !(dict.Factory is PyClass type && Factories.GetValueOrDefault(type.Name) == type)) return false;
        return TryPairs(dict, depth + 1, out var entries) && Tagged("$default", new JsonArray((dict.Factory as PyClass)?.Name, entries), out node);
    }

    private bool TryObject(PyDict dict, int depth, out JsonNode? node)
    {
        var made = new JsonObject();
        node = made;
        foreach (var (key, value) in dict.Entries)
        {
            if ((_room -= ((string)key).Length + 4) < 0 || !TryPack(value, depth + 1, out var inner)) return false;
            made[(string)key] = inner;
        }
        return true;
    }

    private bool TryPairs(PyDict dict, int depth, out JsonNode? node)
    {
        var made = new JsonArray();
        node = made;
        foreach (var (key, value) in dict.Entries)
        {
            if (!TryPack(key, depth + 3, out var name) || !TryPack(value, depth + 3, out var inner)) return false;
            made.Add((JsonNode)new JsonArray(name, inner));
        }
        return true;
    }

    private bool TryItems(IReadOnlyList<object> items, int depth, out JsonNode? node)
    {
        var made = new JsonArray();
        node = made;
        foreach (var item in items)
        {
            if (!TryPack(item, depth, out var inner)) return false;
            made.Add(inner);
        }
        return true;
    }

    private static bool Tagged(string name, JsonNode? content, out JsonNode? node)
    {
        node = new JsonObject { [name] = content };
        return true;
    }

    private static object? Made(Machine machine, string name, JsonNode? content) => (name, content) switch
    {
        ("$float", JsonValue) => PlainData.FromJson(machine, new JsonObject { ["$float"] = content.DeepClone() }),
        ("$tuple", JsonArray items) => new PyTuple([.. Items(machine, items)]),
        ("$set" or "$frozenset", JsonArray items) => Set(machine, name == "$frozenset", items),
        ("$dict", JsonArray pairs) => Dict(machine, DictKind.Plain, Pairs(machine, pairs)),
        ("$counter", JsonArray pairs) => Dict(machine, DictKind.Counter, Pairs(machine, pairs)),
        ("$ordered", JsonArray pairs) => Dict(machine, DictKind.Ordered, Pairs(machine, pairs)),
        ("$default", JsonArray { Count: 2 } parts) => Default(machine, (string?)parts[0], parts[1]!.AsArray()),
        ("$deque", JsonArray { Count: 2 } parts) => Deque(machine, parts[0]!.AsArray(), (int?)parts[1]),
        _ => null,
    };

    private static List<object> Items(Machine machine, JsonArray items)
    {
        machine.ChargeElements(items.Count);
        return [.. items.Select(item => Unpack(machine, item))];
    }

    private static IEnumerable<(object Key, object Value)> Pairs(Machine machine, JsonArray pairs) => pairs.Select(pair => (Unpack(machine, pair![0]), Unpack(machine, pair[1])));

    private static PyDict Dict(Machine machine, DictKind kind, IEnumerable<(object Key, object Value)> entries, PyDict? into = null)
    {
        var made = into ?? new PyDict(kind);
        foreach (var (key, value) in entries) made.Set(machine, key, value);
        return made;
    }

    private static PyDict Default(Machine machine, string? factory, JsonArray pairs) => Dict(machine, DictKind.Default, Pairs(machine, pairs), new PyDict(DictKind.Default) { Factory = factory is null ? null : Factories.GetValueOrDefault(factory) });

    private static PySet Set(Machine machine, bool isFrozen, JsonArray items)
    {
        var made = new PySet(isFrozen);
        foreach (var item in items) made.Add(machine, Unpack(machine, item));
        return made;
    }

    private static PyDeque Deque(Machine machine, JsonArray items, int? maximum)
    {
        var made = new PyDeque(maximum);
        foreach (var item in items) DequeMethods.Append(machine, made, Unpack(machine, item));
        return made;
    }
}
