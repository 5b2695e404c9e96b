using System.Text.Json.Nodes;

namespace Rlm.Mcp.Rendering;

/// <summary>One item of a history answer, rendered when it is its turn.</summary>
/// <param name="List">The JSON list that it stands in.</param>
/// <param name="Heading">A line above it, not repeated while it stays the same; null for none.</param>
/// <param name="Text">The text form for so many bytes: shorter where they do not suffice.</param>
/// <param name="Json">The JSON form.</param>
internal sealed record HistoryItem(string List, string? Heading, Func<long, string> Text, Func<JsonObject> Json)
{
    /// <summary>Whether it counts as one of those that the header counts.</summary>
    public bool Counts { get; init; } = true;
}
