using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Leaves;

namespace Rlm.Recursion.Running.Mapping;

/// <summary>
/// Valid answers on units, by what went into them: the unit's text without its line numbers, its path and symbol, task, schema, strategy, model, prompt version, scope and boundary. Text that moved
/// down by an edit above it is so found again; an answer that bears a line number of the old place is not, for it would be wrong.
/// </summary>
internal sealed partial class UnitMemo(SessionRun run, LeafTask task, string model)
{
    /// <summary>The key of a unit with this text.</summary>
    public string Key(Unit unit, UnitText text)
    {
        IEnumerable<string?> fields = [LeafTask.PromptVersion, model, task.Task, task.Shape?.Text, task.Strategy, run.Session.Scope.Boundary];
        fields = fields.Concat(run.Session.Scope.Layers.SelectMany(layer => layer.Prepend(layer.Count.ToString(CultureInfo.InvariantCulture))));
        return MemoKey.Of([.. fields, Place.Of(unit.Handle).Path, unit.Symbol, unit.Callers, Plain(text.Text), unit.With is { } with ? Place.Of(with.Handle).Path : null, unit.With?.Symbol, text.With is { } other ? Plain(other) : null]);
    }

    /// <summary>What was kept for a unit, as if it had just been answered, and whether it was asked with more context; null when nothing is kept that still holds.</summary>
    public (LeafItem Item, bool IsDeepened)? Find(UnitWork work)
    {
        if (work.Key is null || run.Memo.Find(work.Key) is not { } kept) return null;
        if (ReplyJson.InText(kept) is not [{ ValueKind: JsonValueKind.Object } record, ..] || LeafItem.Property(record, "value") is not { } value) return null;
        if (IsMoved(record, work.Unit, value)) return null;
        var quotes = LeafItem.QuotesOf(record).Select(quote => (quote.Handle switch { null => work.Unit.Handle, "" => work.Unit.Handle, "with" => work.Unit.With?.Handle, var other => other }, quote.Quote));
        return (new(1, value.Clone(), [.. quotes], LeafItem.Property(record, "uncertain") is { ValueKind: JsonValueKind.True }, LeafItem.Text(record, "conflict")),
            LeafItem.Property(record, "deepened") is { ValueKind: JsonValueKind.True });
    }

    /// <summary>Keeps a unit's finding.</summary>
    public void Keep(UnitWork work, LeafItem item, bool isDeepened)
    {
        if (work.Key is null || work.Finding is not { } finding) return;
        var quotes = new JsonArray();
        foreach (var citation in finding.Citations.Where(citation => citation.Checked is not QuoteCheck.False))
            quotes.Add(new JsonObject { ["handle"] = citation.Handle == work.Unit.Handle ? null : citation.Handle == work.Unit.With?.Handle ? "with" : citation.Handle, ["quote"] = citation.Quote });
        var record = new JsonObject
        {
            ["value"] = JsonNode.Parse(finding.Value.GetRawText()),
            ["citations"] = quotes,
            ["uncertain"] = item.IsUncertain,
            ["conflict"] = item.Conflict,
            ["deepened"] = isDeepened,
            ["place"] = PlaceText(work.Unit),
        };
        run.Memo.Keep(work.Key, record.ToJsonString());
    }

    // Numbers within the old lines may be line numbers; asking once more is cheaper than an answer that points elsewhere.
    private static bool IsMoved(JsonElement record, Unit unit, JsonElement value)
    {
        var old = LeafItem.Text(record, "place");
        if (old == PlaceText(unit)) return false;
        var places = (old ?? "").Split(' ').Select(text => Place.Of("x:" + text)).ToList();
        return Number().Matches(value.GetRawText()).Any(number => !int.TryParse(number.ValueSpan, CultureInfo.InvariantCulture, out var line) || places.Any(place => line >= place.First && line <= place.Last));
    }

    private static string PlaceText(Unit unit)
    {
        var (first, second) = (Place.Of(unit.Handle), unit.With is { } with ? Place.Of(with.Handle) : default);
        return string.Create(CultureInfo.InvariantCulture, $"{first.First}-{first.Last}") + (unit.With is null ? "" : string.Create(CultureInfo.InvariantCulture, $" {second.First}-{second.Last}"));
    }

    private static string Plain(string text) => LineNumber().Replace(text, "");

    [GeneratedRegex(@"^[0-9]+\t", RegexOptions.Multiline)]
    private static partial Regex LineNumber();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
