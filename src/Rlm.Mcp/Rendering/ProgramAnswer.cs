using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Mcp.Tools;
using Rlm.Recursion.Programs;
using Rlm.Recursion.Sessions;

namespace Rlm.Mcp.Rendering;

/// <summary>What came of a program, as text and as JSON.</summary>
internal sealed class ProgramAnswer(SessionState session, ProgramReport report, AnswerSize size)
{
    private const int MostVariables = 20;

    public ToolAnswer Render(bool json) => new(json ? Json().ToJsonString(JsonOutput.Options) : Text(), IsPartial: report.Error is not null) { IsError = report.Error is not null };

    private JsonObject Json()
    {
        var answer = new JsonObject
        {
            ["session"] = session.Id,
            ["engine"] = report.Engine,
            ["stdout"] = report.Stdout + CutWords(report.Cut),
            ["value"] = report.Plain?.DeepClone() ?? report.Value,
            ["variables"] = new JsonArray([.. report.Variables.Select(variable => (JsonNode)new JsonObject { ["name"] = variable.Name, ["type"] = variable.Type, ["size"] = variable.Size })]),
            ["calls"] = report.Calls,
            ["seconds"] = Math.Round(report.Seconds, 3),
        };
        if (report.Error is { } error) answer["error"] = new JsonObject { ["type"] = error.Type, ["message"] = error.Message, ["line"] = error.Line, ["traceback"] = error.Traceback };
        if (report.Answer is { Content.Length: > 0 } or { Ready: true }) answer["answer"] = new JsonObject { ["content"] = report.Answer!.Content, ["ready"] = report.Answer.Ready };
        if (report.Notes.Count > 0) answer["notes"] = new JsonArray([.. report.Notes.Select(note => (JsonNode)note)]);
        if (session.Spent.Calls > 0) answer["spent"] = new JsonObject { ["calls"] = session.Spent.Calls, ["input_tokens"] = session.Spent.InputTokens, ["output_tokens"] = session.Spent.OutputTokens, ["usd"] = session.Spent.Usd };
        return answer;
    }

    // The output and the value share what the rest leaves; the rest is short.
    private string Text()
    {
        var head = Header();
        var tail = Tail();
        var room = (int)Math.Min(int.MaxValue, size.Limit) - AnswerSize.Bytes(head) - AnswerSize.Bytes(tail) - 200;
        // A text of several lines is read, not parsed; JSON and one-liners have Python's own form.
        var lines = report.Plain is JsonValue plain && plain.TryGetValue<string>(out var text) && text.Contains('\n', StringComparison.Ordinal) ? text : null;
        var value = report.Value is null ? "" : $"value:{(lines is null ? " " : "\n")}{Fitting(lines ?? report.Value, room / (report.Stdout.Length > 0 ? 2 : 1), 0)}\n";
        var output = Fitting(report.Stdout, room - AnswerSize.Bytes(value), report.Cut);
        if (output.Length > 0 && !output.EndsWith('\n')) output += "\n";
        return head + output + value + tail.TrimEnd('\n');
    }

    private string Header()
    {
        var status = report.Error is { } error ? $"failed: {error.Type}" : "complete";
        var spent = session.Spent.Calls == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" · {session.Spent.Calls:N0} model calls, {session.Spent.Tokens:N0} tokens so far");
        return string.Create(CultureInfo.InvariantCulture, $"program {session.Id} · {report.Engine} · {status} · {report.Calls:N0} host call{(report.Calls == 1 ? "" : "s")} · {report.Seconds:0.0##} s{spent}\n");
    }

    private string Tail()
    {
        var tail = new StringBuilder();
        if (report.Error is { } error)
        {
            if (error.Traceback.Length > 0) tail.Append(error.Traceback).Append('\n');
            tail.Append(CultureInfo.InvariantCulture, $"{error.Type}: {error.Message}{(error.Line is { } line ? $" (line {line})" : "")}\n");
        }
        if (report.Variables.Count > 0)
            tail.Append("variables: ").AppendJoin(", ", report.Variables.Take(MostVariables).Select(Words)).Append(report.Variables.Count > MostVariables ? $" and {report.Variables.Count - MostVariables} more" : "").Append('\n');
        if (report.Answer is { Content.Length: > 0 } answer)
            tail.Append(CultureInfo.InvariantCulture, $"answer{(answer.Ready ? "" : " (draft)")}: {TextAnswer.Cut(NameEscaping.Escape(answer.Content.ReplaceLineEndings(" ")), 300)}\n");
        foreach (var note in report.Notes) tail.Append("note: ").Append(note).Append('\n');
        return tail.ToString();
    }

    private static string Words(ProgramVariable variable) => $"{variable.Name} {variable.Type}{(variable.Size is { } length ? string.Create(CultureInfo.InvariantCulture, $"({length:N0})") : "")}";

    private static string Fitting(string text, int bytes, long cut)
    {
        if (AnswerSize.Bytes(text) <= bytes) return text + CutWords(cut);
        var shown = text.Length;
        while (shown > 0 && AnswerSize.Bytes(text[..shown]) > bytes) shown = Math.Min(shown - 1, shown * Math.Max(bytes, 1) / AnswerSize.Bytes(text[..shown]));
        if (shown > 0 && char.IsHighSurrogate(text[shown - 1])) shown--;
        return text[..shown] + CutWords(text.Length - shown + cut);
    }

    private static string CutWords(long cut) => cut == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"… {cut} characters cut");
}
