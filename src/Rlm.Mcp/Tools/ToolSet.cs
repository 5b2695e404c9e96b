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

    /// <summary>Where spans are sent; null for nowhere.</summary>
    public Uri? Otlp { get; init; }
}

/// <summary>The tools that exist, and the one place that makes them.</summary>
internal static class ToolSet
{
    /// <summary>What clients and the command line are offered, in the contract's order; needs no root folder.</summary>
    internal static IReadOnlyList<ToolDefinition> Definitions { get; } = [MapTool.ToolDefinition, SearchTool.ToolDefinition, ReadTool.ToolDefinition, RefsTool.ToolDefinition, HistoryTool.ToolDefinition, ProgramTool.ToolDefinition, RecurseTool.ToolDefinition, SessionTool.ToolDefinition];

    /// <summary>The same as a client is told them: with a model, <c>recurse</c> talks to the world outside.</summary>
    internal static IReadOnlyList<ToolDefinition> DefinitionsFor(string? model) =>
        model is null or "host" or "extractive" ? Definitions : [.. Definitions.Select(definition => definition.Name == "recurse" ? definition with { OpenWorld = true } : definition)];

    /// <summary>The tools over one root folder. The store is opened by the first call.</summary>
    internal static ToolRegistry Create(ToolSettings settings)
    {
        var repository = new OpenRepository(settings);
        var boundaries = new Boundaries(settings.Recursion);
        return new([.. repository.Readers.Select(tool => new SessionScopedTool(tool, repository.Engine, boundaries)), new ProgramTool(repository.Engine, settings.BackEnds), new RecurseTool(repository.Store, repository.Engine, settings.BackEnds), new SessionTool(repository.Store, repository.Engine, settings.BackEnds)]) { Store = repository.Store, End = repository.End };
    }
}
