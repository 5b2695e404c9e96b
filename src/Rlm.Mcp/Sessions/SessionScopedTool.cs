using System.Diagnostics;
using System.Text.Json;
using Rlm.Mcp.Rendering;
using Rlm.Mcp.Tools;
using Rlm.Recursion;
using Rlm.Recursion.Context;
using Rlm.Recursion.Trajectories;

namespace Rlm.Mcp.Sessions;

/// <summary>A tool that a client may call under a session: narrowed to its scope, and written to its trajectory, refused calls too.</summary>
internal sealed class SessionScopedTool(ITool inner, Func<RecursionEngine> engine, Boundaries boundaries) : ITool
{
    public ToolDefinition Definition => inner.Definition;

    public ToolAnswer Call(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        context = context with { Boundaries = boundaries };
        if (SessionOf(arguments) is not { } id) return inner.Call(arguments, context, cancellationToken);
        var session = engine().Find(id);
        if (session.IsEnded) throw new ToolException(ErrorCodes.BadArgument, $"session {id} has ended", "Call without session, or ask anew by recurse.");
        var begun = Stopwatch.GetTimestamp();
        try
        {
            engine().Charge(id, 0);
            var answer = inner.Call(arguments, context with { Within = engine().ScopeOf(id).Layers }, cancellationToken);
            var tokens = AnswerSize.Bytes(answer.Text) / 4;
            Record(id, arguments, begun, SessionTools.HandlesIn(answer.Text), null, tokens);
            engine().Charge(id, tokens);
            return answer;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            var told = ToolErrors.Narrowed(fault);
            Record(id, arguments, begun, [], TextAnswer.Cut(ToolErrors.Line(told), 300));
            if (told == fault) throw;
            throw told;
        }
    }

    // A cursor that was given under a session goes on under it, also where it comes alone.
    private string? SessionOf(ToolArguments arguments)
    {
        if (arguments.Text("session") is { } id) return id;
        return arguments.Text("cursor") is { } cursor && Cursor.Decode(cursor, Definition).Query.TryGetValue("session", out var carried) && carried.ValueKind == JsonValueKind.String ? carried.GetString() : null;
    }

    private void Record(string id, ToolArguments arguments, long begun, IReadOnlyList<string> handles, string? note, long tokens = 0) => engine().Record(id, new(id, 0, "tool")
    {
        Tool = Definition.Name, Arguments = JsonSerializer.SerializeToElement(arguments.Given), Handles = handles, InputTokens = tokens, Seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds, Note = note,
    });
}
