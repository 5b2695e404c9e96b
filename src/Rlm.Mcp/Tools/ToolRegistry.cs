using System.Text.Json;
using Rlm.Context;

namespace Rlm.Mcp.Tools;

/// <summary>All tools in the contract's order, and the one way to call them: by MCP and by the command line.</summary>
internal sealed class ToolRegistry(IReadOnlyList<ITool> tools)
{
    /// <summary>The tools, in the contract's order.</summary>
    public IReadOnlyList<ITool> Tools { get; } = tools;

    /// <summary>Ends what goes on behind the tools; null where nothing does.</summary>
    public Action? End { get; init; }

    /// <summary>The store behind the tools, for what is no tool: prompts and completions.</summary>
    public Func<ContextStore> Store { get; init; } = () => throw new ToolException(ErrorCodes.NotAvailable, "there is no repository behind these tools");

    /// <summary>The tool of that name, or null.</summary>
    public ITool? Find(string name) => Tools.FirstOrDefault(tool => tool.Definition.Name == name);

    /// <summary>
    /// Runs one tool on the calling thread and turns every failure into an error result. Only cancellation is thrown.
    /// </summary>
    public static ToolResult Call(ITool tool, IEnumerable<KeyValuePair<string, JsonElement>> arguments, ToolContext context, CancellationToken cancellationToken)
    {
        try
        {
            var answer = tool.Call(ToolArguments.Check(tool.Definition, arguments), context, cancellationToken);
            return new(answer.Text, answer.IsError, IsPartial: answer.IsPartial);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (ToolErrors.IsUnexpected(fault)) context.Log?.Invoke($"{tool.Definition.Name}: {fault}");
            var told = ToolErrors.Hinted(fault, tool.Definition, arguments);
            return ToolErrors.Result(context.Within is null ? told : ToolErrors.Narrowed(told), context.Json);
        }
    }
}

/// <summary>What a tool call gives back.</summary>
/// <param name="Text">The one text block (text or JSON form).</param>
/// <param name="IsError">True for errors of the contract.</param>
/// <param name="ErrorCode">The contract's code word when <paramref name="IsError"/>.</param>
/// <param name="IsPartial">True when the answer says <c>partial</c> for another reason than a budget or limit (exit code 1 on the command line).</param>
internal sealed record ToolResult(string Text, bool IsError, string? ErrorCode = null, bool IsPartial = false);
