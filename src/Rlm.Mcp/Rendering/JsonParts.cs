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

    /// <summary>Bytes that the items of a list may take, after its frame (without <c>shown</c>, <c>complete</c>, <c>reason</c>, the list and the cursor) and the longest cursor.</summary>
    public static long Room(AnswerSize size, JsonObject frame, string cursor) => size.IsUnlimited ? long.MaxValue : size.Limit - JsonOutput.Size(frame) - cursor.Length - Rest;

    /// <summary>
    /// Cuts the texts of an item that alone is larger than a page, so that the list goes on: the text first, then what can be looked up by the handle.
    /// </summary>
    public static void Shorten(JsonObject item, long room)
    {
        item["cut"] = true;
        item.Remove("context");
        if (item["text"] is { } text && JsonOutput.Size(item) > room)
        {
            var width = (string)text!;
            while (width.Length > 0 && JsonOutput.Size(item) > room) item["text"] = width = LongLine.Json(width, width.Length / 2).Text;
        }
        foreach (var name in (ReadOnlySpan<string>)["signature", "symbolStart", "symbolEnd", "kind", "symbol"])
            if (JsonOutput.Size(item) > room) item.Remove(name);
    }

    // ,"matches":[],"shown":100000,"complete":false,"reason":"deadline, 100000 files not outlined","cursor":""
    private const int Rest = 112;

    public static JsonObject Losses(ScopeLosses losses) => new() { ["gone"] = losses.Gone, ["moved"] = losses.Moved, ["notCovered"] = losses.NotCovered };
}
