using Rlm.Context;
using Rlm.Context.Relations;
using Rlm.Mcp.Rendering;

namespace Rlm.Mcp.Tools;

/// <summary><c>refs</c>: who touches what, by identifiers in code with their roles.</summary>
internal sealed class RefsTool(Func<ContextStore> store) : ITool
{
    private const int MaxSymbols = 50, MaxDepth = 6, MaxSeconds = 60;

    private static readonly string[] Relations = ["references", "callers", "callees", "implementations", "overrides", "base", "derived", "reads", "writes", "constructs", "tests"];

    private readonly RefsResults _results = new();

    public static ToolDefinition ToolDefinition { get; } = new("refs", "References",
        "Who uses a symbol: C# as the compiler binds it, without a build (exact); other languages by name. Each site has its role, enclosing member and certainty.",
        [
            new("symbols", ParameterType.TextList, "Type.Method, path:line or handle; 1-50") { Required = true, Positional = true },
            new("relation", ParameterType.Text, "default references") { Values = Relations },
            new("depth", ParameterType.Integer, "transitive steps, 1-6"),
            new("deadline", ParameterType.Number, "seconds, to 60; default 1"),
            CommonParameters.In,
            CommonParameters.As,
            CommonParameters.Session,
            CommonParameters.Budget,
            CommonParameters.Cursor,
        ])
    { AlwaysLoad = false };

    public ToolDefinition Definition => ToolDefinition;

    public ToolAnswer Call(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var call = ToolCall.Begin(Definition, store(), arguments, context, cancellationToken);
        var symbols = call.Arguments.TextList("symbols");
        if (symbols.Count == 0) throw ToolArguments.Missing("symbols");
        if (symbols.Count > MaxSymbols) throw new ToolException(ErrorCodes.BadArgument, $"{symbols.Count} symbols were given; a call takes 1 to {MaxSymbols}", "Ask for the rest in another call.");
        var relation = Enum.Parse<Relation>(call.Arguments.Choice("relation", "references"), ignoreCase: true);
        var deadline = TimeSpan.FromSeconds(call.Arguments.Number("deadline", 0, MaxSeconds) ?? (context.IsCommandLine ? 30 : 1));
        return new RefsAnswer(call, new(symbols, relation, call.Arguments.Integer("depth", 1, MaxDepth) ?? 1, deadline, call.Scope()), _results).Render();
    }
}
