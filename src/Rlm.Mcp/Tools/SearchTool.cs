using Rlm.Context;
using Rlm.Context.Search;
using Rlm.Mcp.Rendering;

namespace Rlm.Mcp.Tools;

/// <summary><c>search</c>: text in lines, symbols by name, or structural units by the words of a question.</summary>
internal sealed class SearchTool(Func<ContextStore> store) : ITool
{
    public static ToolDefinition ToolDefinition { get; } = new("search", "Search",
        "Finds text in all files (exact, with totals), declarations by name (symbol: parts, camel humps, near spelling), or the members that fit a question best (ranked: by words, no synonyms). Hits have line, enclosing "
        + "symbol and its range. Prefer it to grep. Zero hits come with proof of coverage.",
        [
            new("pattern", ParameterType.Text, "what to find") { Required = true, Positional = true },
            new("mode", ParameterType.Text, "default literal; regex: .NET, by line") { Values = ["literal", "regex", "word", "symbol", "ranked"] },
            CommonParameters.In,
            new("case", ParameterType.Text, "default smart; regex: sensitive") { Values = ["smart", "sensitive", "insensitive"] },
            new("context", ParameterType.Integer, "lines around hits, 0-20"),
            new("limit", ParameterType.Integer, "most hits"),
            CommonParameters.As,
            CommonParameters.Session,
            CommonParameters.Budget,
            CommonParameters.Cursor,
        ]);

    public ToolDefinition Definition => ToolDefinition;

    public ToolAnswer Call(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var call = ToolCall.Begin(Definition, store(), arguments, context, cancellationToken);
        var mode = call.Arguments.Choice("mode", "literal");
        return mode switch
        {
            "symbol" => new SymbolAnswer(call).Render(),
            "ranked" => new RankedAnswer(call).Render(),
            "literal" when TraceAnswer.For(call) is { } trace => trace.Render(),
            _ => new LineSearchAnswer(call, Query(call.Arguments, mode)).Render(),
        };
    }

    private static TextQuery Query(ToolArguments arguments, string mode)
    {
        var kind = mode switch { "regex" => PatternKind.Regex, "word" => PatternKind.Word, _ => PatternKind.Literal };
        var casing = arguments.Text("case") switch
        {
            "smart" => PatternCase.Smart,
            "sensitive" => PatternCase.Sensitive,
            "insensitive" => PatternCase.Insensitive,
            _ => kind == PatternKind.Regex ? PatternCase.Sensitive : PatternCase.Smart,
        };
        return new(arguments.RequiredText("pattern"), kind, casing);
    }
}
