using System.Text.Json.Nodes;
using Rlm.Context;
using Rlm.Context.Scopes;
using Rlm.Recursion;
using Rlm.Recursion.Context;
using Rlm.Recursion.Programs;

namespace Rlm.Mcp.Sessions.Functions;

/// <summary>The mapping <c>sets</c> of programs: the store's named sets, of each what the session may see.</summary>
internal sealed class SetFunctions(Func<ContextStore> store)
{
    public ProgramValue Get(ContextScope scope, JsonObject arguments, CancellationToken cancellationToken)
    {
        var found = StoreContext.ResolveIn(store(), scope, ["@" + NameIn(arguments)], cancellationToken);
        IEnumerable<SetItem> items = found.Items ?? [.. found.Files.ToArray().Select(file => SetItem.OfFile(file.Path))];
        var rows = items.Select(Row).ToList();
        return ProgramValue.OfRows(rows, rows.Count) with { Note = found.Losses.None ? null : $"partial: @{NameIn(arguments)} has lost {found.Losses.Gone + found.Losses.NotCovered} items since it was kept" };
    }

    public ProgramValue Put(ContextScope scope, JsonObject arguments, CancellationToken cancellationToken)
    {
        var name = NameIn(arguments);
        var targets = (arguments["items"] as JsonArray ?? throw new RecursionException("bad_argument", "items must be a list of paths, handles or rows", "For example sets['x'] = search('TODO').")).Select(StoreFunctions.Target).Distinct().ToList();
        if (targets.Count > SetStore.MaxItems) throw new RecursionException("bad_argument", $"{targets.Count:N0} items; a set holds at most {SetStore.MaxItems:N0}", "Keep parts under several names.");
        IReadOnlyList<SetItem> items = [];
        if (targets.Count > 0)
        {
            var found = StoreContext.ResolveIn(store(), scope, targets, cancellationToken);
            items = found.Items ?? [.. found.Files.ToArray().Select(file => SetItem.OfFile(file.Path))];
        }
        var survives = store().Sets.Save(name, items);
        return ProgramValue.Of(items.Count) with { Note = survives ? null : $"@{name} is in memory only: there is no cache folder that can be written" };
    }

    public ProgramValue List(ContextScope scope, JsonObject arguments, CancellationToken cancellationToken) =>
        ProgramValue.Of(new JsonArray([.. store().Sets.Names().Select(name => (JsonNode)name)]));

    private static JsonNode Row(SetItem item) => new JsonObject
    {
        ["path"] = item.Path.Value, ["start"] = item.Range?.Start, ["end"] = item.Range?.End, ["symbol"] = item.Symbol is null ? null : $"{item.Path.Value}#{item.Symbol}", ["handle"] = item.Handle,
    };

    private static string NameIn(JsonObject arguments)
    {
        var name = arguments["name"] is JsonValue value && value.TryGetValue<string>(out var text) ? text.TrimStart('@') : "";
        return SetStore.IsName(name) ? name : throw new RecursionException("bad_argument", "a set's name is a letter, then letters, digits, _ - or ., at most 64 in all", "For example sets['handlers'].");
    }
}
