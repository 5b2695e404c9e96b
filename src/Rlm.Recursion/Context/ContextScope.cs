namespace Rlm.Recursion.Context;

/// <summary>
/// What a session may look at: what every layer allows. A layer is a list of scope expressions or targets of which any may match; a child adds a layer, so scopes only narrow.
/// No layer means everything.
/// </summary>
/// <param name="Layers">From the root session's to this one's.</param>
/// <param name="Boundary">The operator's boundary that it lies in; null for none.</param>
public sealed record ContextScope(IReadOnlyList<IReadOnlyList<string>> Layers, string? Boundary = null)
{
    /// <summary>Everything.</summary>
    public static ContextScope Everything { get; } = new([]);

    /// <summary>This scope narrowed once more; with nothing to narrow by, the same.</summary>
    public ContextScope Narrowed(IReadOnlyList<string> over) => over.Count == 0 ? this : this with { Layers = [.. Layers, over] };
}
