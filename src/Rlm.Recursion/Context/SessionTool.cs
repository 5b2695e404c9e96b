using System.Text.Json.Nodes;

namespace Rlm.Recursion.Context;

/// <summary>A read-only tool that a session's model may call. Its name and texts never come from the repository.</summary>
/// <param name="Name">As the model calls it.</param>
/// <param name="Description">For the model.</param>
/// <param name="Schema">JSON schema of its arguments.</param>
/// <param name="Call">Runs it for a scope, which it never leaves. Failures are results.</param>
public sealed record SessionTool(string Name, string Description, JsonObject Schema, Func<ContextScope, JsonObject, CancellationToken, ToolOutcome> Call);

/// <summary>What a tool call gave.</summary>
/// <param name="Text">For the model.</param>
/// <param name="IsError">Whether it failed.</param>
/// <param name="Handles">What it showed, for the trajectory.</param>
public sealed record ToolOutcome(string Text, bool IsError, IReadOnlyList<string> Handles);
