using Rlm.Recursion.Running.Mapping;

namespace Rlm.Recursion.Running.Merging;

/// <summary>The last step of a map: merges by code where the merge says so, else by a model with what was kept back for it, and by code when even that is not to be had.</summary>
internal sealed class FinalMerge(MapPlan plan)
{
    private const int LeastRoom = 4_000, CharactersOfFinding = 400;

    private int _room;

    /// <summary>Sets aside what the last merge may cost, before anything else is spent; less room where the budget is small.</summary>
    public void KeepBack()
    {
        if (plan.Merge.Kind is not MergeKind.Reduce || plan.Board.Work.Count == 0) return;
        var ledger = plan.Run.Session.Ledger;
        for (var room = (int)Math.Clamp((long)plan.Board.Work.Count * CharactersOfFinding, LeastRoom, ReduceMerge.Characters); room >= LeastRoom; room /= 2)
        {
            var worst = ReduceMerge.Worst(plan.Run, plan.Merge.Detail, room);
            if (worst.Tokens > (ledger.Limits.Tokens ?? long.MaxValue) / 2 || worst.Usd > (ledger.Limits.Usd ?? decimal.MaxValue) / 2 || !ledger.KeepBack(worst)) continue;
            _room = room;
            return;
        }
    }

    /// <summary>The answer.</summary>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var (findings, coverage) = (plan.Board.Supported, plan.Board.Coverage());
        if (plan.Merge.Kind is not MergeKind.Reduce || findings.Count == 0) return CodeMerge.Of(plan.Merge, findings, coverage);
        var answer = await new ReduceMerge(plan.Run, plan.Merge.Detail).RunAsync(findings, coverage, _room, cancellationToken).ConfigureAwait(false);
        plan.Run.Session.Ledger.ClaimKeptBack();
        if (answer is not null) return answer;
        plan.Run.Session.TakeStep(Budget.Degradation.CodeMerge);
        return CodeMerge.Of(plan.Merge, findings, coverage);
    }
}
