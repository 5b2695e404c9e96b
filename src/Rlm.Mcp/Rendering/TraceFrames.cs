using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.Traces;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>What to say about the frames of a pasted trace that could not be shown.</summary>
internal static class TraceFrames
{
    private const int Named = 6, Width = 120, MaxPath = 4_096, MaxSuffixes = 4;

    /// <summary>Whether a text is a path that is here, perhaps with lines, a hash or a symbol behind it: names may hold line breaks, and look like frames.</summary>
    public static bool NamesFile(ToolCall call, string asked)
    {
        if (asked.Length > MaxPath) return false;
        if (call.Store.Scopes.NamesPath(asked, call.Snapshot)) return true;
        var at = asked.Length;
        for (var cut = 0; cut < MaxSuffixes && at > 0 && asked.LastIndexOfAny([':', '#'], at - 1) is > 0 and var found; cut++)
            if (call.Store.Scopes.NamesPath(asked[..(at = found)], call.Snapshot)) return true;
        return false;
    }

    /// <summary>What a session may know of a trace: nothing of files outside its scope.</summary>
    public static TraceResult Seen(ToolCall call, TraceResult trace)
    {
        if (call.Within is null) return trace;
        var seen = trace.Found.ToLookup(place => call.Sees(place.Text!.Path, new(place.Line, place.Line)));
        var hidden = seen[false].Concat(trace.Missing).Select(place => place with { Text = null, Symbol = null, Why = "not here" });
        return trace with { Found = [.. seen[true].Select(place => place with { Why = place.Why.Split(',', ';')[0] })], Missing = [.. hidden] };
    }

    /// <summary>One line for text answers; null when every frame is here.</summary>
    public static string? Line(TraceResult trace)
    {
        var parts = trace.Missing.GroupBy(place => place.Why).Select(group => $"{NameEscaping.Escape(string.Join(", ", group.Take(Named).Select(place => TextAnswer.Cut(place.Frame.Text, Width))))}{(group.Count() > Named ? $" and {group.Count() - Named} more" : "")} ({NameEscaping.Escape(TextAnswer.Cut(group.Key, 200))})").Take(4).ToList();
        if (trace.FramesLeft > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{trace.FramesLeft:N0} frames beyond the limit, not looked up"));
        if (trace.LinesLeft > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{trace.LinesLeft:N0} lines beyond the limit, not read"));
        return parts.Count == 0 ? null : "frames not here: " + string.Join("; ", parts);
    }

    /// <summary>The same for JSON answers.</summary>
    public static JsonArray Json(TraceResult trace, int most) =>
        new([.. trace.Missing.Take(most).Select(place => (JsonNode)new JsonObject { ["frame"] = TextAnswer.Cut(place.Frame.Text, 300), ["reason"] = TextAnswer.Cut(place.Why, 200) })]);

    /// <summary>Frames of which nothing is shown.</summary>
    public static int NotShown(TraceResult trace) => trace.Missing.Count + trace.FramesLeft;
}
