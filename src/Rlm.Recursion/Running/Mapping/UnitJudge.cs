using System.Globalization;
using System.Text.Json;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Checking;
using Rlm.Recursion.Running.Leaves;

namespace Rlm.Recursion.Running.Mapping;

/// <summary>Decides what of a reply holds, unit by unit. Nothing that a reply says is taken without a check.</summary>
internal sealed class UnitJudge(SessionRun run, LeafTask task)
{
    private const int MaxValue = 400_000;

    /// <summary>Answers that named no unit of their call.</summary>
    public int Strangers { get; private set; }

    /// <summary>Judges all units of a pack by a reply; units that it leaves out or gets wrong stay open, with the problem.</summary>
    /// <returns>The units that are judged now, each with its item.</returns>
    public IReadOnlyList<(UnitWork Work, LeafItem Item)> Judge(LeafPack pack, IReadOnlyList<LeafItem> items, CancellationToken cancellationToken)
    {
        var byUnit = items.Where(item => item.Unit is { } id && id >= 1 && id <= pack.Units.Count).ToLookup(item => item.Unit!.Value);
        Strangers += items.Count - byUnit.Sum(group => group.Count());
        var judged = new List<(UnitWork, LeafItem)>();
        for (var id = 1; id <= pack.Units.Count; id++)
        {
            var work = pack.Units[id - 1];
            if (!work.IsOpen) continue;
            IReadOnlyList<LeafItem> given = [.. byUnit[id]];
            if (given.Count == 0) work.Reject("dropped by the model", "there was none.");
            else if (given.Skip(1).Any(other => !AreEqual(given[0].Value, other.Value))) work.Reject("answered twice, differently", "there were two that differ.");
            else if (Judge(work, given[0], pack, cancellationToken)) judged.Add((work, given[0]));
        }
        return judged;
    }

    /// <summary>Judges one unit; false when the answer does not hold.</summary>
    public bool Judge(UnitWork work, LeafItem item, LeafPack pack, CancellationToken cancellationToken)
    {
        if (ShapeProblem(item.Value) is { } problem)
        {
            work.Reject(item.Value is null ? "dropped by the model" : "breaks the schema", problem);
            return false;
        }
        var quotes = item.Quotes.Select(quote => (Handle: Real(quote.Handle, work, pack), quote.Quote)).ToList();
        if (quotes.Count > 0 && quotes.All(quote => IsOfAnother(quote.Handle, work, pack)))
        {
            work.Reject("cites other units only", "every citation was from another unit; the ids may have been mixed up.");
            return false;
        }
        return Checked(work, FindingOf(work, item.Value!.Value, [.. quotes.Select(quote => CitationCheck.Check(run.Context, run.Session.Scope, quote.Handle, quote.Quote, cancellationToken))]));
    }

    private static bool Checked(UnitWork work, Finding finding)
    {
        if (finding.Citations.Count == 0 || finding.Citations.Any(citation => citation.Checked is not QuoteCheck.False))
        {
            work.Judge(finding);
            return true;
        }
        if (work.HasMisquoted) work.Fail("every quote is false", finding with { IsUnsupported = true });
        else work.Misquote(string.Create(CultureInfo.InvariantCulture, $"none of its {finding.Citations.Count} quotes stands there. Quote from the text above, or give a value that needs no quote."));
        return false;
    }

    private string? ShapeProblem(JsonElement? value)
    {
        if (value is not { } given) return "it had no value.";
        if (given.GetRawText().Length > MaxValue) return "the value was too long.";
        if (task.Shape is { } shape) return shape.Breach(given);
        return given.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? "it had no value." : null;
    }

    private static bool AreEqual(JsonElement? left, JsonElement? right) => left is { } one && right is { } other ? JsonElement.DeepEquals(one, other) : left is null && right is null;

    // A model sees names with some characters escaped, and copies them so.
    private static string Real(string? handle, UnitWork work, LeafPack pack)
    {
        if (string.IsNullOrEmpty(handle)) return work.Unit.Handle;
        var known = pack.Units.SelectMany(unit => unit.Unit.With is { } with ? [unit.Unit.Handle, with.Handle] : (string[])[unit.Unit.Handle]);
        return handle.Contains('&', StringComparison.Ordinal) ? known.FirstOrDefault(name => UnitFrame.Attribute(name) == handle) ?? handle : handle;
    }

    private static bool IsOfAnother(string handle, UnitWork work, LeafPack pack) =>
        handle != work.Unit.Handle && handle != work.Unit.With?.Handle && pack.Units.Any(other => other != work && (other.Unit.Handle == handle || other.Unit.With?.Handle == handle));

    private static Finding FindingOf(UnitWork work, JsonElement value, IReadOnlyList<Citation> citations) => new(work.Unit.Handle, work.Unit.Symbol, value, TextOf(value), citations) { With = work.Unit.With?.Handle, WithSymbol = work.Unit.With?.Symbol };

    /// <summary>A value for people: text as it is, anything else as compact JSON.</summary>
    public static string TextOf(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString()! : JsonSerializer.Serialize(value);
}
