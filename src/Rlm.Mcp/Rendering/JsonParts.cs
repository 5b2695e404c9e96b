using System.Text.Json.Nodes;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Scopes;

namespace Rlm.Mcp.Rendering;

/// <summary>Pieces that several JSON shapes share.</summary>
internal static class JsonParts
{
    /// <summary><c>{"ignored":12,"binary":3}</c>; reasons without any are absent.</summary>
    public static JsonObject Skipped(Snapshot snapshot)
    {
        var skipped = new JsonObject();
        foreach (var (reason, count) in snapshot.Skipped.Where(item => item.Value > 0).OrderBy(item => item.Key)) skipped[SkipReasons.NameOf(reason)] = count;
        if (snapshot.IgnoredIsLowerBound) skipped["ignored_is_lower_bound"] = true;
        return skipped;
    }

    public static JsonObject Losses(ScopeLosses losses) => new() { ["gone"] = losses.Gone, ["moved"] = losses.Moved, ["notCovered"] = losses.NotCovered };
}
