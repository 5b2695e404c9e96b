using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Mcp.Tools;
using Rlm.Recursion.Programs;
using Rlm.Recursion.Sessions;

namespace Rlm.Mcp.Rendering;

/// <summary>What came of a program, as text and as JSON.</summary>
internal sealed class ProgramAnswer(SessionState session, ProgramReport report, AnswerSize size)
{
    public ToolAnswer Render(bool json) => new(json ? Json().ToJsonString(JsonOutput.Options) : Text(), IsPartial: report.Error is not null) { IsError = report.Error is not null };

    /// <summary>For a call that has stopped waiting.</summary>
    public static ToolAnswer StillRunning(string session, bool json) => new(json
        ? new JsonObject { ["session"] = session, ["status"] = "running" }.ToJsonString(JsonOutput.Options)
        : $"program {session} · running\nnext: session(id: \"{session}\", action: \"wait\"); cancel ends the session, with its variables");

    private JsonObject Json()
    {
        var answer = new JsonObject
        {
            ["session"] = session.Id,
            ["engine"] = report.Engine,
            ["stdout"] = report.Stdout + ProgramText.CutWords(report.Cut),
            ["value"] = report.Plain?.DeepClone() ?? report.Value,
            ["variables"] = new JsonArray([.. report.Variables.Select(variable => (JsonNode)Variable(variable))]),
            ["calls"] = report.Calls,
            ["seconds"] = Math.Round(report.Seconds, 3),
        };
        if (report.Error is { } error) answer["error"] = new JsonObject { ["type"] = error.Type, ["message"] = error.Message, ["line"] = error.Line, ["traceback"] = error.Traceback };
        if (report.Answer is { Content.Length: > 0 } or { Ready: true }) answer["answer"] = new JsonObject { ["content"] = report.Answer!.Content, ["ready"] = report.Answer.Ready };
        if (report.Notes.Count > 0) answer["notes"] = new JsonArray([.. report.Notes.Select(note => (JsonNode)note)]);
        if (session.Spent.Calls > 0) answer["spent"] = new JsonObject { ["calls"] = session.Spent.Calls, ["input_tokens"] = session.Spent.InputTokens, ["output_tokens"] = session.Spent.OutputTokens, ["usd"] = session.Spent.Usd };
        return answer;
    }

    private static JsonObject Variable(ProgramVariable variable)
    {
        var told = new JsonObject { ["name"] = variable.Name, ["type"] = variable.Type, ["size"] = variable.Size };
        if (!variable.Lasts) told["lasts"] = false;
        return told;
    }

    private string Text()
    {
        var spent = session.Spent.Calls == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" · {session.Spent.Calls:N0} model calls, {session.Spent.Tokens:N0} tokens so far");
        return ProgramText.Of(report, $"program {session.Id} · {ProgramText.Status(report)}{spent}", size.Limit);
    }
}
