using System.Text.Json.Nodes;

namespace Rlm.Recursion.Running.Agent;

/// <summary>One call that a model asked for.</summary>
/// <param name="Id">Ties the result to it; unique in the conversation.</param>
/// <param name="Name">As the model wrote it; may name nothing.</param>
/// <param name="Arguments">Empty where they could not be read.</param>
/// <param name="Problem">What is wrong with its form; null when nothing is.</param>
internal sealed record ToolRequest(string Id, string Name, JsonObject Arguments, string? Problem);
