using Rlm.Context;
using Rlm.Mcp.Rendering;

namespace Rlm.Mcp.Tools;

/// <summary><c>history</c>: how files and symbols came to be, from the repository's commits.</summary>
internal sealed class HistoryTool(Func<ContextStore> store) : ITool
{
    public static ToolDefinition ToolDefinition { get; } = new("history", "History",
        "Git history of a file, folder or symbol, renames followed: log, blame, churn, cochange; diff of A..B: changed symbols (added, removed, signature, body), then hunks; show: one commit. "
        + "in: \"A..B\" elsewhere means the symbols changed since.",
        [
            new("target", ParameterType.Text, "path, symbol, folder, A..B or revision; default root") { Positional = true },
            new("view", ParameterType.Text, "default log; diff for A..B; show for a revision") { Values = ["log", "blame", "diff", "churn", "cochange", "show"] },
            new("since", ParameterType.Text, "2026-01-31 or 90d, 2w, 6m, 1y"),
            new("limit", ParameterType.Integer, "most items"),
            CommonParameters.In,
            CommonParameters.As,
            CommonParameters.Session,
            CommonParameters.Budget,
            CommonParameters.Cursor,
        ]);

    public ToolDefinition Definition => ToolDefinition;

    public ToolAnswer Call(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var call = ToolCall.Begin(Definition, store(), arguments, context, cancellationToken);
        using var reader = call.Store.History.Open();
        var request = HistoryRequest.Of(call, reader);
        var view = request.View switch
        {
            "blame" => new HistoryBlame(request).View(),
            "diff" or "show" => new HistoryDiff(request).View(),
            "churn" => new HistoryChurn(request).View(),
            "cochange" => new HistoryCoChange(request).View(),
            _ => new HistoryLog(request).View(),
        };
        return new HistoryPage(request, view).Render();
    }
}
