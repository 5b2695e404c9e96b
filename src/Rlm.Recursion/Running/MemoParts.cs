namespace Rlm.Recursion.Running;

/// <summary>All that the result of a piece of work depends on.</summary>
/// <param name="Kind"><c>leaf</c>, <c>reduce</c>, <c>ask</c>…</param>
/// <param name="Task">The question, or the prompt to reduce by.</param>
/// <param name="Model">The model's name with its provider.</param>
/// <param name="PromptVersion">Changes with the texts around the question.</param>
/// <param name="Contents">In order: for each unit its place and the hash of its text.</param>
public sealed record MemoParts(string Kind, string Task, string Model, string PromptVersion, IReadOnlyList<string> Contents)
{
    /// <summary>JSON schema of the result; null for free text.</summary>
    public string? Schema { get; init; }

    /// <summary>The operator's boundary; null for none. What was found in one never answers in another.</summary>
    public string? Boundary { get; init; }

    /// <summary>Scope expressions, where the work could look further than its contents.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];
}
