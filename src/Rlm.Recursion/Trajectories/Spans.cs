using System.Diagnostics;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Trajectories;

/// <summary>
/// What a tree of sessions does, as spans for whoever listens, by OpenTelemetry's names for generative models:
/// <code>
/// invoke_agent map -> chat MODEL, chat MODEL, execute_tool search, invoke_agent ask …
/// </code>
/// They bear ids, names, tokens and times, and no word of tasks, code or answers. Without a listener they cost nothing.
/// </summary>
internal static class Spans
{
    /// <summary>What to listen to.</summary>
    public const string Source = "Rlm.Recursion";

    private static readonly ActivitySource Activities = new(Source);

    /// <summary>Begins one for a session; null when nobody listens. The one it begins under is its parent.</summary>
    public static Activity? Of(SessionState state)
    {
        var span = Activities.StartActivity($"invoke_agent {state.Mode}");
        span?.SetTag("gen_ai.operation.name", "invoke_agent").SetTag("gen_ai.conversation.id", state.Id).SetTag("rlm.mode", state.Mode).SetTag("rlm.depth", state.Depth).SetTag("rlm.backend", state.BackEnd).SetTag("rlm.reason", state.Request.Reason);
        return span;
    }

    /// <summary>Ends it with how the session stands.</summary>
    public static void End(Activity? span, SessionState state)
    {
        span?.SetTag("rlm.status", TrajectoryWords.Word(state.Status)).SetTag("rlm.calls", state.Spent.Calls).SetTag("rlm.tree_tokens", state.TreeTokens)
            .SetTag("rlm.units", state.Coverage.Units).SetTag("rlm.units.judged", state.Coverage.Judged).SetTag("rlm.children", state.Children.Count);
        if (state.Status is SessionStatus.Failed) span?.SetStatus(ActivityStatusCode.Error);
        span?.Dispose();
    }

    /// <summary>Begins one for a request to a model.</summary>
    public static Activity? OfModel(string model)
    {
        var span = Activities.StartActivity($"chat {model}", ActivityKind.Client);
        span?.SetTag("gen_ai.operation.name", "chat").SetTag("gen_ai.request.model", model);
        return span;
    }

    /// <summary>Says what the request cost, and what went wrong; null for nothing.</summary>
    public static void Note(Activity? span, CallCost cost, string? fault)
    {
        span?.SetTag("gen_ai.usage.input_tokens", cost.InputTokens).SetTag("gen_ai.usage.output_tokens", cost.OutputTokens);
        if (fault is not null) span?.SetTag("error.type", fault).SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Begins one for a call of a tool. A name that there is no tool of may be anything, so it is not told.</summary>
    public static Activity? OfTool(string tool)
    {
        var span = Activities.StartActivity($"execute_tool {tool}");
        span?.SetTag("gen_ai.operation.name", "execute_tool").SetTag("gen_ai.tool.name", tool);
        return span;
    }
}
