using System.Globalization;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Merging;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running.Mapping;

/// <summary>How a map ends: complete only when every unit has a valid answer.</summary>
internal static class MapEnd
{
    private const int LongestDraft = 200_000, NamedTargets = 20;

    /// <summary>A state with what is known so far: findings, coverage, and a draft that code merged.</summary>
    public static SessionState Drafted(SessionState state, MapPlan plan)
    {
        var (coverage, supported) = (plan.Board.Coverage(), plan.Board.Supported);
        // A long draft would be written anew after each reply; the findings hold all of it.
        var isLong = plan.Merge.Kind is MergeKind.Concat && supported.Sum(finding => (long)finding.Text.Length) > LongestDraft;
        var draft = CodeMerge.Of(isLong ? new(MergeKind.None) : plan.Merge, supported, coverage);
        return state with { Findings = plan.Board.Findings, Coverage = coverage, Answer = new(draft, false) };
    }

    /// <summary>The end of a dry run.</summary>
    public static SessionState Priced(SessionState state, MapPlan plan, Estimate estimate) =>
        state with { Status = SessionStatus.Complete, Estimate = estimate, Coverage = plan.Board.Coverage(), Notes = [.. state.Notes, "dry run: nothing was spent"] };

    /// <summary>The end of a plan beyond the budget.</summary>
    public static SessionState TooDear(SessionState state, MapPlan plan, Estimate estimate, string why)
    {
        var reason = $"the plan takes {why}; nothing was spent. Narrow over, or allow more";
        var drafted = Drafted(state, plan);
        return drafted with { Status = drafted.Coverage.Judged > 0 ? SessionStatus.Partial : SessionStatus.Failed, Reason = reason, Estimate = estimate };
    }

    /// <summary>The last state.</summary>
    public static SessionState Of(SessionState state, MapPlan plan, string answer)
    {
        var coverage = plan.Board.Coverage();
        var brief = Brief(plan);
        var status = coverage.Judged == 0 ? SessionStatus.Failed : coverage.IsFull && brief == 0 ? SessionStatus.Complete : SessionStatus.Partial;
        return state with
        {
            Status = status,
            Reason = status is SessionStatus.Complete ? null : coverage.Units == 0 ? "nothing in scope to judge" : coverage.IsFull ? BySignature(brief) : Why(coverage),
            Answer = new(answer, status is SessionStatus.Complete),
            Notes = [.. state.Notes, .. Notes(state, plan), .. Next(state, plan)],
        };
    }

    private static int Brief(MapPlan plan) => plan.Board.Work.Count(work => work is { State: UnitState.Judged, IsBySignature: true });

    private static string BySignature(int units) => string.Create(CultureInfo.InvariantCulture, $"{units:N0} units were judged by their signatures alone: the budget did not hold their bodies");

    private static string Why(Coverage coverage)
    {
        var why = coverage.Reasons.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal).Take(3).Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Value:N0} {reason.Key}"));
        return string.Create(CultureInfo.InvariantCulture, $"{coverage.Failed + coverage.Skipped:N0} of {coverage.Units:N0} units without a valid answer: {string.Join("; ", why)}");
    }

    // What was judged comes from the memo then. A client never runs a session below another.
    private static IEnumerable<string> Next(SessionState state, MapPlan plan)
    {
        var over = plan.Run.Session.Request.Over;
        if (state.Parent is null && over.Count <= NamedTargets && plan.Board.Coverage() is { Judged: > 0 } coverage && (coverage.Missing.Count > 0 || Brief(plan) > 0))
            yield return AskAgain.Words(plan.Run.Session.Request, over) + " judges what is missing; what was judged costs nothing";
    }

    private static IEnumerable<string> Notes(SessionState state, MapPlan plan)
    {
        var quotes = state.Findings.Sum(finding => finding.Citations.Count(citation => citation.Checked is QuoteCheck.False));
        if (quotes > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{quotes:N0} false {(quotes == 1 ? "quote" : "quotes")}, marked");
        if (Brief(plan) is > 0 and var brief && !plan.Board.Coverage().IsFull) yield return BySignature(brief);
        if (plan.Judge.Strangers > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{plan.Judge.Strangers:N0} answers named no unit that was asked; left out");
    }
}
