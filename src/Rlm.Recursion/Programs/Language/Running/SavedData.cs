using System.Buffers;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>
/// Plain data as JSON that comes back as it was, also in the other engine. What JSON has not stands under a name with a dollar, pairs as lists of two:
/// <code>
/// (1, {2})  ->  {"$tuple":[1,{"$set":[2]}]}      {3: nan}  ->  {"$dict":[[3,{"$float":"nan"}]]}      Counter("a")  ->  {"$counter":[["a",1]]}
/// </code>
/// It is written as text at once: a tree of nodes would take many times the memory, just when a program has used up its own.
/// </summary>
/// <param name="machine">Counts the steps.</param>
/// <param name="room">Bytes that the JSON may take.</param>
internal sealed class SavedData(Machine machine, long room)
{
    private const int MaxDepth = 90;

    private static readonly Dictionary<string, PyClass> Factories = new[] { Types.List, Types.Int, Types.Set, Types.Dict, Types.Str, Types.Float, Types.Tuple }.ToDictionary(type => type.Name);
    private readonly ArrayBufferWriter<byte> _text = new();

    /// <summary>The JSON of a value; null where it is no plain data or has no room.</summary>
    public ReadOnlyMemory<byte>? Pack(object value)
    {
        _text.Clear();
        using var writer = new Utf8JsonWriter(_text, new() { MaxDepth = 2 * MaxDepth, SkipValidation = true });
        if (!TryWrite(writer, value, 0)) return null;
        writer.Flush();
        return _text.WrittenCount <= room ? _text.WrittenMemory : null;
    }

    /// <summary>Reads what <see cref="Pack"/> gave.</summary>
    public static object Unpack(Machine machine, JsonNode? node) => node switch
    {
        JsonArray list => new PyList(Items(machine, list)),
        JsonObject { Count: 1 } tagged when tagged.First() is ({ Length: > 1 } name, var content) && name[0] == '$' && Made(machine, name, content) is { } made => made,
        JsonObject map => Dict(machine, DictKind.Plain, map.Select(pair => ((object)pair.Key, Unpack(machine, pair.Value)))),
        _ => PlainData.FromJson(machine, node),
    };

    private bool TryWrite(Utf8JsonWriter writer, object value, int depth)
    {
        machine.Tick();
        if (depth > MaxDepth || writer.BytesCommitted + writer.BytesPending + (value is string text ? text.Length : 0) > room) return false;
        switch (value)
        {
            case PyNone or bool or long or BigInteger or string or double:
                return TryScalar(writer, value);
            case PyList or LazyList { IsComplete: true }:
                return TryItems(writer, Iterating.Items(value), depth + 1);
            case PyDict { Kind: DictKind.Plain } dict when dict.Entries.All(entry => entry.Key is string key && !key.StartsWith('$')):
                return TryObject(writer, dict, depth + 1);
            case PyDict { Kind: DictKind.Default } dict:
                return TryDefault(writer, dict, depth);
            case PyDict dict:
                return TryTagged(writer, dict.Kind switch { DictKind.Counter => "$counter", DictKind.Ordered => "$ordered", _ => "$dict" }, () => TryPairs(writer, dict, depth));
            case PyTuple { Type: null } tuple:
                return TryTagged(writer, "$tuple", () => TryItems(writer, tuple.Items, depth + 2));
            case PySet set:
                return TryTagged(writer, set.Frozen ? "$frozenset" : "$set", () => TryItems(writer, [.. set.Items], depth + 2));
            case PyDeque deque:
                return TryTagged(writer, "$deque", () => TryList(writer, () => TryItems(writer, [.. deque.Items], depth + 3) && TryScalar(writer, deque.Maximum is { } maximum ? (long)maximum : PyNone.Value)));
            default:
                return false;
        }
    }

    private static bool TryScalar(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case PyNone none when ReferenceEquals(none, PyNone.Value):
                writer.WriteNullValue();
                return true;
            case bool truth:
                writer.WriteBooleanValue(truth);
                return true;
            case long or BigInteger:
                writer.WriteRawValue(Numerals.Text(value), skipInputValidation: true);
                return true;
            case string text:
                writer.WriteStringValue(text);
                return true;
            case double number when double.IsFinite(number):
                writer.WriteRawValue(Writing.Float(number), skipInputValidation: true);
                return true;
            case double number:
                return TryTagged(writer, "$float", () => TryScalar(writer, double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf"));
            default:
                return false;
        }
    }

    private bool TryDefault(Utf8JsonWriter writer, PyDict dict, int depth)
    {
        if (dict.Factory is not null && !(dict.Factory is PyClass type && Factories.GetValueOrDefault(type.Name) == type)) return false;
        return TryTagged(writer, "$default", () => TryList(writer, () => TryScalar(writer, (object?)(dict.Factory as PyClass)?.Name ?? PyNone.Value) && TryPairs(writer, dict, depth + 1)));
    }

    private bool TryObject(Utf8JsonWriter writer, PyDict dict, int depth)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in dict.Entries)
        {
            if (((string)key).Length > room) return false;
            writer.WritePropertyName((string)key);
            if (!TryWrite(writer, value, depth)) return false;
        }
        writer.WriteEndObject();
        return true;
    }

    private bool TryPairs(Utf8JsonWriter writer, PyDict dict, int depth) => TryList(writer, () =>
    {
        foreach (var (key, value) in dict.Entries)
            if (!TryList(writer, () => TryWrite(writer, key, depth + 3) && TryWrite(writer, value, depth + 3))) return false;
        return true;
    });

    private bool TryItems(Utf8JsonWriter writer, IReadOnlyList<object> items, int depth) => TryList(writer, () =>
    {
        for (var at = 0; at < items.Count; at++)
            if (!TryWrite(writer, items[at], depth)) return false;
        return true;
    });

    private static bool TryList(Utf8JsonWriter writer, Func<bool> content)
    {
        writer.WriteStartArray();
        if (!content()) return false;
        writer.WriteEndArray();
        return true;
    }

    private static bool TryTagged(Utf8JsonWriter writer, string name, Func<bool> content)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(name);
        if (!content()) return false;
        writer.WriteEndObject();
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
