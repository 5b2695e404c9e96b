using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context;
using Rlm.Context.Scopes;

namespace Rlm.Mcp.Rendering;

/// <summary>A set that this call kept, and what to say of it.</summary>
internal sealed record KeptSet(string Name, int Items, long Total, bool Survives)
{
    public static KeptSet Save(ContextStore store, string name, IReadOnlyList<SetItem> items, long total) =>
        new(name, items.Count, total, store.Sets.Save(name, items));

    public string Line() => string.Create(CultureInfo.InvariantCulture,
        $"kept: @{Name}, {Items:N0}{(Items < Total ? $" of {Total:N0} (partial: a set holds at most {SetStore.MaxItems:N0})" : "")} items{(Survives ? "" : ", in memory only: there is no cache folder that can be written")}");

    public JsonObject Json()
    {
        var set = new JsonObject { ["name"] = "@" + Name, ["items"] = Items, ["persisted"] = Survives };
        if (Items < Total) set["partial"] = $"a set holds at most {SetStore.MaxItems} items";
        return set;
    }
}
