using System.Globalization;
using System.Text.Json;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Mcp.Tools;
using Rlm.Recursion.Sessions;

namespace Rlm.Mcp.Rendering;

/// <summary>Cursors into a session's result: they continue in the tool <c>session</c>, whichever tool the list began in. They stay good while files change, and until the session itself has more to say.</summary>
internal static class SessionCursor
{
    private const string Trajectory = "trajectory";

    /// <summary>A cursor that goes on at an item of a part.</summary>
    public static string At(ToolCall call, SessionState state, bool ofTrajectory, string part, int at)
    {
        var query = new List<KeyValuePair<string, JsonElement>> { KeyValuePair.Create("id", JsonSerializer.SerializeToElement(state.Id)) };
        if (ofTrajectory) query.Add(KeyValuePair.Create("action", JsonSerializer.SerializeToElement(Trajectory)));
        return Cursor.Encode(SessionTool.ToolDefinition, call.Snapshot, ToolArguments.Check(SessionTool.ToolDefinition, query), string.Create(CultureInfo.InvariantCulture, $"{part}:{at}:{Stamp(state, part)}"));
    }

    /// <summary>Where the call's cursor goes on; null without one.</summary>
    /// <exception cref="ToolException">It is none, or the session has gone on since.</exception>
    public static (string Part, int At)? Place(ToolCall call, SessionState state)
    {
        if (call.Place is not { } place) return null;
        if (place.Split(':') is not [var part, var number, var stamp] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at)) throw ToolCall.BadPlace();
        if (stamp != Stamp(state, part)) throw new ToolException(ErrorCodes.StaleCursor, $"session {state.Id} has gone on since the cursor was given", "Ask again without the cursor.");
        return (part, at);
    }

    // A trajectory only grows at its end.
    private static string Stamp(SessionState state, string part) => part == Trajectory ? ""
        : ContentHash.Of(string.Create(CultureInfo.InvariantCulture, $"{state.Status} {state.Findings.Count} {state.Children.Count} {state.Answer.Content}").AsSpan());
}
