using Rlm.Context;
using Rlm.Mcp.Rendering;

namespace Rlm.Mcp.Tools;

/// <summary><c>read</c>: the text itself, by path, lines, handle, symbol or set.</summary>
internal sealed class ReadTool(Func<ContextStore> store) : ITool
{
    private const int MaxTargets = 50;

    public static ToolDefinition ToolDefinition { get; } = new("read", "Read source",
        "Numbered source lines (safe to edit against; counts as reading the file) of up to 50 targets at once: path, path:10-42, handle, Type.Method, @set, a pasted stack trace. "
        + "Handles follow their text when files change. Too long a file comes as outline plus first lines.",
        [
            new("targets", ParameterType.TextList, "1 to 50") { Required = true, Positional = true },
            new("unit", ParameterType.Text, "grow each target; default lines") { Values = ["lines", "symbol", "type", "file"] },
            new("view", ParameterType.Text, "default source") { Values = ["source", "signature", "outline"] },
            new("rev", ParameterType.Text, "git revision, e.g. HEAD~3"),
            CommonParameters.Session,
            CommonParameters.Budget,
            CommonParameters.Cursor,
        ]);

    public ToolDefinition Definition => ToolDefinition;

    public ToolAnswer Call(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var call = ToolCall.Begin(Definition, store(), arguments, context, cancellationToken);
        var targets = call.Arguments.TextList("targets");
        if (targets.Count == 0) throw ToolArguments.Missing("targets");
        if (targets.Count > MaxTargets) throw new ToolException(ErrorCodes.BadArgument, $"{targets.Count} targets were given; a call takes 1 to {MaxTargets}", "Read the rest in another call, or keep them as a set.");
        return new ReadAnswer(call, targets, call.Arguments.Choice("unit", "lines"), call.Arguments.Choice("view", "source")).Render();
    }
}
