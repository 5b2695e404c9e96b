namespace Rlm.Mcp.Prompts;

/// <summary>A prompt that a person picks in their client, often as a slash command.</summary>
/// <param name="Name">As the protocol has it.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="Arguments">In order.</param>
internal sealed record PromptDefinition(string Name, string Title, string Description, IReadOnlyList<PromptParameter> Arguments);

/// <summary>An argument of a prompt.</summary>
/// <param name="Name">As the protocol has it.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="IsRequired">The prompt makes no sense without it.</param>
internal sealed record PromptParameter(string Name, string Description, bool IsRequired = false);
