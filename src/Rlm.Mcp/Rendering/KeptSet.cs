using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context.Scopes;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>A set that this call kept, and what to say of it.</summary>
internal sealed record KeptSet(string Name, int Items, long Total, bool Survives)
{
    /// <summary>Keeps it.</summary>
    /// <exception cref="Recursion.RecursionException"><c>out_of_scope</c>: its items lie in boundaries that the operator keeps apart.</exception>
    public static KeptSet Save(ToolCall call, string name, IReadOnlyList<SetItem> items, long total)
    {
        if (call.Context.Boundaries is { Any: true } boundaries)
        {
            var paths = items.Select(item => item.Path).ToHashSet();
            bool Touches(string expression) => call.Store.Scopes.Resolve(expression, call.Snapshot, call.Cancellation).Files.ToArray().Any(file => paths.Contains(file.Path));
            boundaries.Require(boundaries.Touched(Touches), $"the set @{name}", "Narrow in to one of them.");
        }
        return new(name, items.Count, total, call.Store.Sets.Save(name, items));
    }

    public string Line() => string.Create(CultureInfo.InvariantCulture,
        $"kept: @{Name}, {Items:N0}{(Items < Total ? $" of {Total:N0} (partial: a set holds at most {SetStore.MaxItems:N0})" : "")} items{(Survives ? "" : ", in memory only: there is no cache folder that can be written")}");

    public JsonObject Json()
    {
        var set = new JsonObject { ["name"] = "@" + Name, ["items"] = Items, ["persisted"] = Survives };
        if (Items < Total) set["partial"] = $"a set holds at most {SetStore.MaxItems} items";
        return set;
    }
}
