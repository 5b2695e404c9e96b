using Rlm.Context;
using Rlm.Recursion;

namespace Rlm.Mcp.Tools;

/// <summary>What the tools are made from: the operator's decisions, checked.</summary>
internal sealed record ToolSettings(ContextOptions Context, RecursionOptions Recursion);

/// <summary>The tools that exist, and the one place that makes them.</summary>
internal static class ToolSet
{
    /// <summary>What clients and the command line are offered, in the contract's order; needs no root folder.</summary>
    internal static IReadOnlyList<ToolDefinition> Definitions { get; } = [MapTool.ToolDefinition, SearchTool.ToolDefinition, ReadTool.ToolDefinition, RecurseTool.ToolDefinition];

    /// <summary>The tools over one root folder. The store is opened by the first call.</summary>
    internal static ToolRegistry Create(ToolSettings settings)
    {
        var store = new Lazy<ContextStore>(() => new ContextStore(settings.Context));
        return new([new MapTool(() => store.Value), new SearchTool(() => store.Value), new ReadTool(() => store.Value), new RecurseTool(() => store.Value, settings.Recursion)]);
    }
}
