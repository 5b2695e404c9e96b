using Microsoft.Extensions.AI;
using Rlm.Context.Files;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;

namespace Rlm.Mcp.Tools;

/// <summary>One operation, for MCP clients and the command line alike: a thin piece that parses, asks the domain and renders.</summary>
internal interface ITool
{
    /// <summary>What clients are told about it; constant.</summary>
    ToolDefinition Definition { get; }

    /// <summary>Runs it on the calling thread. Caller mistakes are thrown as <see cref="ToolException"/> and become errors in <see cref="ToolErrors"/>.</summary>
    ToolAnswer Call(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken);
}

/// <summary>What a tool answers.</summary>
/// <param name="Text">The one text block (text or JSON form).</param>
/// <param name="IsPartial">True when something is missing for another reason than a budget or limit.</param>
internal sealed record ToolAnswer(string Text, bool IsPartial = false)
{
    /// <summary>What was asked for failed, and the text tells how: a program that raised.</summary>
    public bool IsError { get; init; }
}

/// <summary>How an answer is wanted.</summary>
/// <param name="Json">The JSON form instead of text.</param>
/// <param name="Progress">Where to report; null when nobody listens.</param>
/// <param name="IsCommandLine">Asked by the command line: JSON has no budget unless given.</param>
internal sealed record ToolContext(bool Json, IProgress<ContextProgress>? Progress, bool IsCommandLine = false)
{
    /// <summary>Layers of scopes that the call is narrowed to, for a session; null for everything.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Within { get; init; }

    /// <summary>What no set may join; null for nothing.</summary>
    public Boundaries? Boundaries { get; init; }

    /// <summary>Who calls, by the name that the client gave; null on the command line.</summary>
    public string? ClientName { get; init; }

    /// <summary>Is given a session's answer, or its draft, whole; null when only the rendering is wanted.</summary>
    public Action<Answer>? Answered { get; init; }

    /// <summary>The client's own model; null where it offers none.</summary>
    public IChatClient? Sampling { get; init; }

    /// <summary>Is given the sessions that a call waits for, several times a second; null when nobody watches.</summary>
    public Action<IReadOnlyList<SessionGlance>>? Watched { get; init; }

    /// <summary>Where faults of ours are written in full (stderr); null: nowhere.</summary>
    public Action<string>? Log { get; init; }
}
