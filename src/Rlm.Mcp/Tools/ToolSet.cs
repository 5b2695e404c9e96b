using Rlm.Context;
using Rlm.Mcp.Sessions;
using Rlm.Recursion;
using Rlm.Recursion.Context;

namespace Rlm.Mcp.Tools;

/// <summary>What the tools are made from: the operator's decisions, checked.</summary>
internal sealed record ToolSettings(ContextOptions Context, RecursionOptions Recursion)
{
    /// <summary>Which back ends there are.</summary>
    public BackEnds BackEnds { get; init; } = BackEnds.None;
}

/// <summary>The tools that exist, and the one place that makes them.</summary>
internal static class ToolSet
{
    /// <summary>What clients and the command line are offered, in the contract's order; needs no root folder.</summary>
    internal static IReadOnlyList<ToolDefinition> Definitions { get; } = [MapTool.ToolDefinition, SearchTool.ToolDefinition, ReadTool.ToolDefinition, RecurseTool.ToolDefinition, SessionTool.ToolDefinition];

    /// <summary>The same as a client is told them: with a model, <c>recurse</c> talks to the world outside.</summary>
    internal static IReadOnlyList<ToolDefinition> DefinitionsFor(string? model) =>
        model is null or "host" or "extractive" ? Definitions : [.. Definitions.Select(definition => definition.Name == "recurse" ? definition with { OpenWorld = true } : definition)];

    /// <summary>The tools over one root folder. The store is opened by the first call.</summary>
    internal static ToolRegistry Create(ToolSettings settings)
    {
        var store = new Lazy<ContextStore>(() => new ContextStore(settings.Context));
        ContextStore Store() => store.Value;
        IReadOnlyList<ITool> readers = [new MapTool(Store), new SearchTool(Store), new ReadTool(Store)];
        var engine = new Lazy<RecursionEngine>(() => new(settings.Recursion with { Folder = Store().CacheFolder is { } cache ? Path.Combine(cache, "recursion") : null }, new StoreContext(Store, readers), settings.BackEnds.Make));
        var boundaries = new Boundaries(settings.Recursion);
        RecursionEngine Engine() => engine.Value;
        return new([.. readers.Select(tool => new SessionScopedTool(tool, Engine, boundaries)), new RecurseTool(Store, Engine, settings.BackEnds), new SessionTool(Store, Engine, settings.BackEnds)]);
    }
}
