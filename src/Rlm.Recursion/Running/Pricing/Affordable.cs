using System.Globalization;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Running.Leaves;
using Rlm.Recursion.Running.Mapping;

namespace Rlm.Recursion.Running.Pricing;

/// <summary>Whether a plan fits what is left of the budget, and which units do when it does not.</summary>
internal sealed class Affordable(MapPlan plan, Estimator estimator)
{
    private const int RankedRegions = 400;

    // A part stays free for what is asked twice.
    private const double Share = 0.8;

    /// <summary>Why a cost does not fit, with figures; null when it does.</summary>
    public string? WhyNot(CallCost likely, double share = 1)
    {
        var (limits, spent) = (plan.Run.Session.Ledger.Limits, plan.Run.Session.Ledger.Spent);
        if (limits.Calls is { } calls && likely.Calls > Math.Max(1, (calls - spent.Calls) * share)) return string.Create(CultureInfo.InvariantCulture, $"{likely.Calls:N0} calls, and {calls - spent.Calls:N0} are left");
        if (limits.Tokens is { } tokens && likely.Tokens > (tokens - spent.Tokens) * share) return string.Create(CultureInfo.InvariantCulture, $"about {likely.Tokens:N0} tokens, and {tokens - spent.Tokens:N0} are left");
        if (limits.Usd is { } usd && likely.Usd > (usd - spent.Usd) * (decimal)share) return string.Create(CultureInfo.InvariantCulture, $"about {likely.Usd:0.00##} USD, and {usd - spent.Usd:0.00##} are left");
        return null;
    }

    /// <summary>The units to judge instead: those that rank best for the task, as many as fit, in order. Regions of the ranking choose their units; then units of the same files, then the others.</summary>
    public IReadOnlyList<UnitWork> Best(IReadOnlyList<UnitWork> open, CancellationToken cancellationToken)
    {
        var ranked = ByRank(open, cancellationToken);
        int fits = 0, beyond = ranked.Count + 1;
        while (beyond - fits > 1)
        {
            var middle = (fits + beyond) / 2;
            if (WhyNot(estimator.Likely([.. ranked.Take(middle)]), Share) is null) fits = middle;
            else beyond = middle;
        }
        return [.. ranked.Take(fits).OrderBy(work => work.Index)];
    }

    private List<UnitWork> ByRank(IReadOnlyList<UnitWork> open, CancellationToken cancellationToken)
    {
        var regions = plan.Run.Context.Rank(plan.Run.Session.Scope, plan.Run.Session.Request.Task, RankedRegions, cancellationToken).Findings.Select(finding => Place.Of(finding.Unit)).ToList();
        var files = regions.Select((place, rank) => (place.Path, rank)).GroupBy(each => each.Path).ToDictionary(group => group.Key, group => group.Select(each => each.rank).ToList());
        int Rank(Place place)
        {
            if (!files.TryGetValue(place.Path, out var ranks)) return 2 * RankedRegions;
            var hit = ranks.FindIndex(rank => regions[rank].Overlaps(place));
            return hit >= 0 ? ranks[hit] : RankedRegions + ranks[0];
        }
        return [.. open.OrderBy(work => Math.Min(Rank(Place.Of(work.Unit.Handle)), work.Unit.With is { } with ? Rank(Place.Of(with.Handle)) : int.MaxValue)).ThenBy(work => work.Index)];
    }
}
