using System.Text.Json.Nodes;

namespace Rlm.Recursion.Programs;

/// <summary>What a function gives a program: plain JSON, or rows that are fetched as they are needed.</summary>
public sealed record ProgramValue
{
    private ProgramValue(JsonNode? value, IEnumerable<JsonNode?>? rows, long? total) => (Json, Rows, Total) = (value, rows, total);

    /// <summary>The value; null for None, or where there are <see cref="Rows"/>.</summary>
    public JsonNode? Json { get; }

    /// <summary>Rows, computed as they are enumerated; null for a plain value.</summary>
    public IEnumerable<JsonNode?>? Rows { get; }

    /// <summary>How many rows there are; null where that is not known before the last.</summary>
    public long? Total { get; }

    /// <summary>What the caller must be told of it, such as why it is not whole; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The same of what is found out only while the value or its rows are computed: looked at when the program has ended.</summary>
    public IReadOnlyCollection<string> RowNotes { get; init; } = [];

    /// <summary>A plain value.</summary>
    public static ProgramValue Of(JsonNode? value) => new(value, null, null);

    /// <summary>Rows.</summary>
    public static ProgramValue OfRows(IEnumerable<JsonNode?> rows, long? total) => new(null, rows, total);
}
