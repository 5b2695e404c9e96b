using Rlm.Mcp.Rendering;
using Rlm.Mcp.Sessions;
using Rlm.Recursion;

namespace Rlm.Mcp.Tools;

/// <summary><c>program</c>: Python over the store, in a sandboxed worker.</summary>
internal sealed class ProgramTool(Func<RecursionEngine> engine, BackEnds backEnds) : ITool
{
    private const int StandardSeconds = 30, MostSeconds = 300, LongestCode = 1 << 20;

    public static ToolDefinition ToolDefinition { get; } = new("program", "Compute",
        "Runs sandboxed Python over the store, to count, join, filter, batch: search(), files(), llm_batch()...; help() lists all. Variables stay in the session.",
        [
            new("code", ParameterType.Text, "Python") { Required = true, Positional = true },
            new("session", ParameterType.Text, "keeps variables"),
            new("timeout", ParameterType.Integer, "seconds, 1-300; default 30"),
            new("wait", ParameterType.Integer, "seconds; default 45"),
            CommonParameters.Budget,
        ])
    { AlwaysLoad = false, OpenWorld = false };

    public ToolDefinition Definition => ToolDefinition;

    public ToolAnswer Call(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var code = arguments.RequiredText("code");
        if (code.Length > LongestCode) throw new ToolException(ErrorCodes.BadArgument, $"code has {code.Length:N0} characters; at most {LongestCode:N0}", "Keep data in variables of the session.");
        var time = TimeSpan.FromSeconds(arguments.Integer("timeout", 1, MostSeconds) ?? StandardSeconds);
        var size = AnswerSize.Of(arguments, context);
        var wait = TimeSpan.FromSeconds(arguments.Integer("wait", 0, 3_600) ?? (context.IsCommandLine ? 3_600 : 45));
        var id = arguments.Text("session");
        // What a client's sub-agent is shown counts on its session, like what the other tools show it.
        if (id is not null) engine().Charge(id, 0);
        var job = engine().BeginProgram(id, code, time, backEnds.CallerOf(context), cancellationToken);
        if (!job.Wait(wait, cancellationToken)) return ProgramAnswer.StillRunning(job.Session, context.Json);
        var (session, report) = job.Take();
        var answer = new ProgramAnswer(session, report, size).Render(context.Json);
        if (id is not null) engine().Charge(id, AnswerSize.Bytes(answer.Text) / 4);
        return answer;
    }
}
