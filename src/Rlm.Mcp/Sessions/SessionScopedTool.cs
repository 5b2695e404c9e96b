using System.Diagnostics;
using System.Text.Json;
using Rlm.Mcp.Tools;
using Rlm.Recursion;
using Rlm.Recursion.Trajectories;

namespace Rlm.Mcp.Sessions;

/// <summary>A tool that a client may call under a session: narrowed to its scope, and written to its trajectory.</summary>
internal sealed class SessionScopedTool(ITool inner, Func<RecursionEngine> engine) : ITool
{
    public ToolDefinition Definition => inner.Definition;

    public ToolAnswer Call(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        if (arguments.Text("session") is not { } id) return inner.Call(arguments, context, cancellationToken);
        var session = engine().Find(id);
        if (session.IsEnded) throw new ToolException(ErrorCodes.BadArgument, $"session {id} has ended", "Call without session, or ask anew by recurse.");
        var begun = Stopwatch.GetTimestamp();
        var answer = inner.Call(arguments, context with { Within = session.Scope.Layers }, cancellationToken);
        engine().Record(id, new(id, 0, "tool")
        {
            At = DateTimeOffset.UnixEpoch, Tool = Definition.Name, Arguments = JsonSerializer.SerializeToElement(arguments.Given), Handles = SessionTools.HandlesIn(answer.Text), Seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds,
        });
        return answer;
    }
}
