using System.Globalization;
using System.Text.Json;

namespace Rlm.Recursion.Running.Leaves;

/// <summary>What a leaf said of one unit, as it came: nothing of it is checked.</summary>
/// <param name="Unit">The id; null when it is none.</param>
/// <param name="Value">Null when it is missing.</param>
/// <param name="Quotes">Handles (null where none was given) with their quotes.</param>
/// <param name="IsUncertain">It said that it needs more context.</param>
/// <param name="Conflict">How the text contradicts itself; null for not.</param>
internal sealed record LeafItem(int? Unit, JsonElement? Value, IReadOnlyList<(string? Handle, string Quote)> Quotes, bool IsUncertain, string? Conflict)
{
    /// <summary>Quotes of one item that are looked at; more are left out.</summary>
    public const int MaxQuotes = 32;

    /// <summary>The items of a submission: <c>{"items":[…]}</c>, or the list itself, or one item; a list that came as text is read too.</summary>
    public static IReadOnlyList<LeafItem> All(JsonElement submitted)
    {
        var items = Property(submitted, "items") ?? submitted;
        if (items.ValueKind is JsonValueKind.String && ReplyJson.InText(items.GetString()!) is [var inner, ..]) items = Property(inner, "items") ?? inner;
        if (items.ValueKind is JsonValueKind.Array) return [.. items.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.Object).Select(Of)];
        return Property(items, "unit") is null ? [] : [Of(items)];
    }

    /// <summary>Citations of any object that bears them.</summary>
    public static IReadOnlyList<(string? Handle, string Quote)> QuotesOf(JsonElement item)
    {
        if (Property(item, "citations") is not { ValueKind: JsonValueKind.Array } citations) return [];
        return [.. citations.EnumerateArray().Select(Quote).OfType<(string?, string)>().Take(MaxQuotes)];
    }

    /// <summary>A property of an object; null when there is none, or no object.</summary>
    public static JsonElement? Property(JsonElement item, string name) => item.ValueKind is JsonValueKind.Object && item.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A text property that says something; null otherwise.</summary>
    public static string? Text(JsonElement item, string name) => Property(item, name) is { ValueKind: JsonValueKind.String } text && !string.IsNullOrWhiteSpace(text.GetString()) ? text.GetString() : null;

    /// <summary>Whether an object bears low confidence: a number below one half, or the word.</summary>
    public static bool IsUncertainIn(JsonElement item) => Property(item, "confidence") switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetDouble() < 0.5,
        { ValueKind: JsonValueKind.String } word => word.GetString() is "low" or "none",
        _ => false,
    };

    private static LeafItem Of(JsonElement item)
    {
        var conflict = Property(item, "conflict") is { ValueKind: JsonValueKind.True } ? "said so" : Text(item, "conflict");
        return new(Id(Property(item, "unit")), Property(item, "value")?.Clone(), QuotesOf(item), IsUncertainIn(item), conflict);
    }

    private static int? Id(JsonElement? unit) => unit switch
    {
        { ValueKind: JsonValueKind.Number } number => number.TryGetInt32(out var id) ? id : null,
        { ValueKind: JsonValueKind.String } text => int.TryParse(text.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
        _ => null,
    };

    // A quote given as bare text, without a handle, is one from the unit itself.
    private static (string?, string)? Quote(JsonElement citation)
    {
        if (citation.ValueKind is JsonValueKind.String) return (null, citation.GetString()!);
        return Property(citation, "quote") is { ValueKind: JsonValueKind.String } quote ? (Text(citation, "handle"), quote.GetString()!) : null;
    }
}
