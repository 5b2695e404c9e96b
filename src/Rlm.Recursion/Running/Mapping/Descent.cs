using System.Globalization;
using System.Text;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Leaves;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Running.Mapping;

/// <summary>
/// Asks units again whose leaf was uncertain or found a contradiction: each alone, with its neighbours in the file and the best-ranked regions for the task. The new answer counts only if it adds a
/// checked citation; there is no second level.
/// </summary>
internal sealed class Descent(MapPlan plan, Action publish)
{
    private const int Most = 32, MaxMore = 40_000, Regions = 4;

    private int _gained, _asked;

    /// <summary>Goes deeper where it was asked for; returns a line for the caller, null when nothing was.</summary>
    public async Task<string?> RunAsync(MapRounds rounds, CancellationToken cancellationToken)
    {
        var units = plan.Board.Work.Where(work => work.State is UnitState.Judged && work.Deepen is not null).ToList();
        if (units.Count == 0) return null;
        if (Degradation.IsDue(Degradation.NoNewChildren, plan.Run.Session.Ledger.Used) || rounds.Stopped is not null)
        {
            plan.Run.Session.TakeStep(Degradation.NoNewChildren);
            return string.Create(CultureInfo.InvariantCulture, $"{units.Count:N0} uncertain units were not asked again: the budget is nearly spent");
        }
        var packs = units.Take(Most).Select(work => new LeafPack([work], More(work, cancellationToken))).ToList();
        await rounds.Queue(cancellationToken, Take).RunAsync(packs, cancellationToken).ConfigureAwait(false);
        return string.Create(CultureInfo.InvariantCulture, $"{_asked:N0} of {units.Count:N0} uncertain units were asked again with more context; {_gained:N0} gained citations");
    }

    private bool Take(LeafPack pack, IReadOnlyList<LeafItem> items, CancellationToken cancellationToken)
    {
        var work = pack.Units[0];
        var again = new UnitWork(work.Index, work.Unit) { Key = work.Key };
        var judged = plan.Judge.Judge(new([again]), items, cancellationToken);
        var gain = judged.Count == 0 ? 0 : New(work.Finding!, again.Finding!);
        _asked++;
        plan.Run.Session.Trajectory.Append(new(plan.Run.Session.Id, 0, "submit")
        {
            Tool = "leaf",
            Handles = [work.Unit.Handle],
            Note = string.Create(CultureInfo.InvariantCulture, $"{work.Deepen}: asked again with more context; {gain} new {(gain == 1 ? "citation" : "citations")}"),
        });
        work.Deepen = null;
        if (judged.Count == 0) return false;
        if (gain > 0)
        {
            _gained++;
            work.Judge(again.Finding!);
        }
        plan.Memo.Keep(work, judged[0].Item, isDeepened: true);
        publish();
        return true;
    }

    private static int New(Finding before, Finding after) =>
        after.Citations.Where(citation => citation.Checked is not QuoteCheck.False).Select(Key).Except(before.Citations.Select(Key)).Count();

    private static (string, string) Key(Citation citation) => (citation.Handle, string.Join(' ', citation.Quote.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private string More(UnitWork work, CancellationToken cancellationToken)
    {
        var more = new StringBuilder();
        void Add(Unit unit)
        {
            if (plan.Run.Context.Read(plan.Run.Session.Scope, unit, cancellationToken) is { } text && more.Length + text.Length <= MaxMore) UnitFrame.Append(more, "context", unit.Handle, text);
        }
        var path = Place.Of(work.Unit.Handle).Path;
        foreach (var index in (ReadOnlySpan<int>)[work.Index - 1, work.Index + 1])
            if (index >= 0 && index < plan.Board.Work.Count && plan.Board.Work[index].Unit is { With: null } near && Place.Of(near.Handle).Path == path) Add(near);
        var ranked = plan.Run.Context.Rank(plan.Run.Session.Scope, $"{plan.Run.Session.Request.Task} {work.Unit.Symbol}", Regions, cancellationToken).Findings;
        foreach (var finding in ranked.Where(finding => !Place.Of(finding.Unit).Overlaps(Place.Of(work.Unit.Handle)))) Add(new(finding.Unit, finding.Symbol, 0));
        return more.ToString();
    }
}
