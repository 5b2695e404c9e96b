namespace Rlm.Recursion.Running.Agent;

/// <summary>What a call gave, for the model.</summary>
/// <param name="Request">The call.</param>
/// <param name="Text">Its result, or <c>code: what is true. What to do next.</c></param>
/// <param name="IsError">Whether it failed.</param>
internal sealed record ToolReply(ToolRequest Request, string Text, bool IsError);
