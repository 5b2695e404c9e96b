using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.Traces;

namespace Rlm.Mcp.Rendering;

/// <summary>What to say about the frames of a pasted trace that could not be shown.</summary>
internal static class TraceFrames
{
    private const int Named = 6, Width = 120;

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
