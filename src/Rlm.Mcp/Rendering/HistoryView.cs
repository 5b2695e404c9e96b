using System.Text.Json.Nodes;

namespace Rlm.Mcp.Rendering;

/// <summary>What a view of history found, before it is cut to size.</summary>
/// <param name="What">What was asked, for the header: <c>src/A.cs</c>.</param>
/// <param name="Unit">What is counted: <c>commits</c>.</param>
/// <param name="Items">In order, from where the cursor stands.</param>
/// <param name="First">How many items of the whole list come before them.</param>
internal sealed record HistoryView(string What, string Unit, IReadOnlyList<HistoryItem> Items, int First)
{
    /// <summary>Names of the JSON lists of this view; empty ones are there too.</summary>
    public required IReadOnlyList<string> Lists { get; init; }

    /// <summary>Why something is missing that neither limit nor budget cut; null when all is there.</summary>
    public string? Missing { get; init; }

    /// <summary>How many there are in all, when that is more than <see cref="First"/> and <see cref="Items"/>.</summary>
    public int? Total { get; init; }

    /// <summary>Lines at the end: what was left out, how to go on.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Lines between the header and the list.</summary>
    public IReadOnlyList<string> Preface { get; init; } = [];

    /// <summary>The place of a cursor behind so many items of the list; behind all of them null when there is nothing more.</summary>
    public required Func<int, string?> PlaceAfter { get; init; }

    /// <summary>More facts for the JSON form.</summary>
    public Action<JsonObject>? Extend { get; init; }

    /// <summary>The set that was kept.</summary>
    public KeptSet? Kept { get; init; }
}
