using System.Globalization;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running.Mapping;

/// <summary>How a map ends: complete only when every unit has a valid answer.</summary>
internal static class MapEnd
{
    /// <summary>The last state.</summary>
    public static SessionState Of(SessionState state, MapPlan plan, string answer)
    {
        var coverage = plan.Board.Coverage();
        var status = coverage.Judged == 0 ? SessionStatus.Failed : coverage.IsFull ? SessionStatus.Complete : SessionStatus.Partial;
        return state with
        {
            Status = status,
            Reason = status is SessionStatus.Complete ? null : coverage.Units == 0 ? "nothing in scope to judge" : Why(coverage),
            Answer = new(answer, status is SessionStatus.Complete),
            Notes = [.. state.Notes, .. Notes(state, plan)],
        };
    }

    private static string Why(Coverage coverage)
    {
        var why = coverage.Reasons.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal).Take(3).Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Value:N0} {reason.Key}"));
        return string.Create(CultureInfo.InvariantCulture, $"{coverage.Failed + coverage.Skipped:N0} of {coverage.Units:N0} units without a valid answer: {string.Join("; ", why)}");
    }

    private static IEnumerable<string> Notes(SessionState state, MapPlan plan)
    {
        var quotes = state.Findings.Sum(finding => finding.Citations.Count(citation => citation.Checked is QuoteCheck.False));
        if (quotes > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{quotes:N0} false {(quotes == 1 ? "quote" : "quotes")}, marked");
        if (plan.Judge.Strangers > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{plan.Judge.Strangers:N0} answers named no unit that was asked; left out");
    }
}
