using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Calls of host functions, with values as JSON on the way out and back.</summary>
internal sealed class HostBridge(IProgramHost host)
{
    /// <summary><c>help()</c>: the text that the host gives, as the contract has it.</summary>
    public PyNative Help => Function("help");

    public PyNative Function(string name) => new(name, (machine, args) => Call(machine, name, args));

    public object Call(Machine machine, string name, Args args)
    {
        machine.Check();
        var arguments = args.Positional.ToArray().Select(value => PlainData.ToJson(machine, value)).ToArray();
        var named = args.Named.ToDictionary(argument => argument.Name, argument => PlainData.ToJson(machine, argument.Value));
        return Result(machine, Ask(name, arguments, named));
    }

    private JsonNode? Ask(string name, IReadOnlyList<JsonNode?> arguments, IReadOnlyDictionary<string, JsonNode?> named)
    {
        try
        {
            return host.Call(name, arguments, named);
        }
        catch (HostCallException error)
        {
            throw Raise.Error(ExceptionTypes.ByName.ContainsKey(error.Type) ? error.Type : "RuntimeError", ExceptionTypes.ByName.ContainsKey(error.Type) ? error.Message : $"{error.Type}: {error.Message}");
        }
    }

    private object Result(Machine machine, JsonNode? answer) => answer is JsonObject rows && rows.ContainsKey("$rows") ? Lazy(machine, rows) : PlainData.FromJson(machine, answer);

    private object Lazy(Machine machine, JsonObject answer)
    {
        var rows = Rows(machine, answer);
        return rows.More is null ? new PyList(rows.Rows) : new LazyList(machine, rows, More);
    }

    private LazyRows More(Machine machine, object cursor, long have) =>
        Ask("more", [PlainData.ToJson(machine, cursor), JsonValue.Create(have)], new Dictionary<string, JsonNode?>()) is JsonObject next && next.ContainsKey("$rows") ? Rows(machine, next) : throw Raise.Error("RuntimeError", "the host gave no more rows");

    private static LazyRows Rows(Machine machine, JsonObject answer)
    {
        var rows = PlainData.FromJson(machine, answer["$rows"]) as PyList ?? new PyList();
        var more = PlainData.FromJson(machine, answer["$more"]);
        return new(rows.Items, more is PyNone ? null : more, PlainData.FromJson(machine, answer["$total"]) is long total ? total : null);
    }
}
