using System.Globalization;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Models;
using Rlm.Recursion.Running.Leaves;
using Rlm.Recursion.Running.Mapping;
using Rlm.Recursion.Running.Merging;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running.Pricing;

/// <summary>
/// Prices a map before anything is spent. Likely: a quarter of the characters as tokens, short answers with a quote, one unit in twenty asked again. Worst: what calls reserve, each unit asked as
/// often as it can be, within the limits.
/// </summary>
internal sealed class Estimator(MapPlan plan)
{
    private const int AnswerTokens = 45, ShortAnswerTokens = 20, CharactersInToken = 4;
    private const double SecondsToStart = 2, OutputTokensInSecond = 60, InputTokensInSecond = 10_000;

    private readonly Model _leaf = plan.Run.Models!.Leaf.Model;
    private readonly long _frame = plan.Task.System(plan.Run.Models.Leaf.Model.HasTools).Length + (plan.Run.Models.Leaf.Model.HasTools ? plan.Task.Answer.ToJsonString().Length : 0);

    /// <summary>The price of judging these units and all that follows.</summary>
    public Estimate Of(IReadOnlyList<UnitWork> work)
    {
        var packs = plan.Packs(work);
        var known = plan.Board.Work.Count - work.Count;
        var words = string.Create(CultureInfo.InvariantCulture, $"map of {plan.Board.Work.Count:N0} units ({work.Sum(one => (long)one.Characters):N0} characters to read) in {packs.Count:N0} leaf {(packs.Count == 1 ? "call" : "calls")}{(known > 0 ? $", {known:N0} known or not to be had" : "")}, merge {plan.Merge.Kind.ToString().ToLowerInvariant()}");
        var likely = Likely(work);
        var width = Math.Max(1, plan.Run.Session.Ledger.Limits.Parallel ?? 1);
        var waves = Math.Ceiling(likely.Calls / (double)width);
        var seconds = likely.Calls == 0 ? 0 : waves * (SecondsToStart + ((double)likely.OutputTokens / likely.Calls / OutputTokensInSecond) + ((double)likely.InputTokens / likely.Calls / InputTokensInSecond));
        return new(words, Low(work, packs.Count), likely, Worst(packs), Math.Round(seconds, 1));
    }

    /// <summary>What to expect.</summary>
    public CallCost Likely(IReadOnlyList<UnitWork> work)
    {
        if (work.Count == 0) return After(0, AnswerTokens);
        long characters = work.Sum(one => (long)one.Characters), calls = plan.Packs(work).Count;
        var input = (characters + (calls * _frame)) / CharactersInToken;
        return Leaf(calls, input, work.Count * (long)AnswerTokens) + After(work.Count, AnswerTokens);
    }

    private CallCost Low(IReadOnlyList<UnitWork> work, int calls)
    {
        var input = (work.Sum(one => (long)one.Characters) + (calls * _frame)) / (CharactersInToken + 1);
        return Leaf(calls, input, work.Count * (long)ShortAnswerTokens) + (plan.Merge.Kind is MergeKind.Reduce && work.Count > 0 ? Root(1, work.Count * (long)ShortAnswerTokens, ShortAnswerTokens) : default);
    }

    // The merge, and a check of each claim where that was asked for.
    private CallCost After(int units, int tokens)
    {
        var cost = default(CallCost);
        if (plan.Merge.Kind is MergeKind.Reduce && units > 0) cost += Root(1 + (units * (long)tokens * CharactersInToken / ReduceMerge.Characters), units * (long)tokens, 400);
        if (plan.Run.Session.Request.Verify) cost += Leaf(units, plan.Board.Open.Sum(one => (long)one.Characters) / CharactersInToken, units * 20L);
        return cost;
    }

    private CallCost Worst(IReadOnlyList<LeafPack> packs)
    {
        var options = plan.Task.Options(_leaf);
        var empty = plan.Run.Models!.Leaf.Worst(plan.Task.Messages(_leaf.HasTools, ""), options);
        var once = packs.Aggregate(default(CallCost), (sum, pack) => sum + empty + Leaf(0, pack.Units.Sum(one => one.Bytes), 0));
        var all = once + once + once + (plan.Merge.Kind is MergeKind.Reduce ? ReduceMerge.Worst(plan.Run, plan.Merge.Detail, ReduceMerge.Characters) : default) + After(packs.Sum(pack => pack.Units.Count), AnswerTokens);
        return Within(all, plan.Run.Session.Ledger);
    }

    // Whatever a plan might take, the ledger gives no more than is left.
    private static CallCost Within(CallCost cost, Ledger ledger)
    {
        var (limits, spent) = (ledger.Limits, ledger.Spent);
        var tokens = Math.Min(cost.Tokens, Math.Max(0, (limits.Tokens ?? long.MaxValue) - spent.Tokens));
        var output = Math.Min(cost.OutputTokens, tokens);
        return new(Math.Min(cost.Calls, Math.Max(0, (limits.Calls ?? long.MaxValue) - spent.Calls)), tokens - output, output, Math.Min(cost.Usd, Math.Max(0, (limits.Usd ?? decimal.MaxValue) - spent.Usd)));
    }

    private CallCost Leaf(long calls, long input, long output) => new(calls, input, output, _leaf.Price?.Of(input, output) ?? 0);

    private CallCost Root(long calls, long input, long output) => new(calls, input, output, plan.Run.Models!.Root.Model.Price?.Of(input, output) ?? 0);
}
