using System.Text.RegularExpressions;
using Rlm.Recursion.Budget;

namespace Rlm.Recursion.Models;

/// <summary>Prices of well-known models, in US dollars for a million tokens, as the vendors listed them; the operator's own go first.</summary>
internal static partial class KnownPrices
{
    // By family: a dated version costs what its family costs. Where a vendor lists several prices by the length of the input, the highest stands here, because a
    // budget must not be exceeded. A model that is not listed is unknown, however much its name looks like one that is.
    private static readonly Dictionary<string, Price> Families = new(StringComparer.Ordinal)
    {
        ["claude-opus-4"] = new(15, 75), ["claude-opus-4-0"] = new(15, 75), ["claude-opus-4-1"] = new(15, 75),
        ["claude-opus-4-5"] = new(5, 25), ["claude-opus-4-6"] = new(5, 25),
        ["claude-sonnet-4"] = new(6, 22.5m), ["claude-sonnet-4-0"] = new(6, 22.5m), ["claude-sonnet-4-5"] = new(6, 22.5m), ["claude-sonnet-4-6"] = new(3, 15),
        ["claude-haiku-4-5"] = new(1, 5),
        ["claude-3-7-sonnet"] = new(3, 15), ["claude-3-5-sonnet"] = new(3, 15), ["claude-3-5-haiku"] = new(0.8m, 4), ["claude-3-haiku"] = new(0.25m, 1.25m),
        ["gpt-5"] = new(1.25m, 10), ["gpt-5-mini"] = new(0.25m, 2), ["gpt-5-nano"] = new(0.05m, 0.4m), ["gpt-5.1"] = new(1.25m, 10),
        ["gpt-4.1"] = new(2, 8), ["gpt-4.1-mini"] = new(0.4m, 1.6m), ["gpt-4.1-nano"] = new(0.1m, 0.4m),
        ["gpt-4o"] = new(5, 15), ["gpt-4o-mini"] = new(0.15m, 0.6m), // the first dated gpt-4o cost twice what later ones do
        ["o3"] = new(2, 8), ["o3-mini"] = new(1.1m, 4.4m), ["o4-mini"] = new(1.1m, 4.4m),
    };

    /// <summary>The price of a model; null where none is known. A server of the operator's own sells under names of its own, so only the operator knows its prices.</summary>
    public static Price? Of(ModelSpec spec, IReadOnlyDictionary<string, Price> own)
    {
        if (own.TryGetValue(spec.Model, out var price)) return price;
        if (spec.Url is not null || !spec.NeedsNetwork) return null;
        return Families.TryGetValue(Version().Replace(spec.Model, ""), out price) ? price : null;
    }

    // "gpt-4o-audio-preview" begins like "gpt-4o" and costs more: only a date, or "latest", may follow a family's name.
    [GeneratedRegex(@"-(\d{8}|\d{4}-\d{2}-\d{2}|latest)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
