using System.Globalization;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Leaves;
using Rlm.Recursion.Running.Merging;

namespace Rlm.Recursion.Running.Mapping;

/// <summary>What a map is going to do: its units with what is known of them already.</summary>
/// <param name="Run">What it works with.</param>
/// <param name="Task">What leaves are told.</param>
/// <param name="Merge">How their answers become one.</param>
/// <param name="Board">The units.</param>
/// <param name="Memo">Earlier answers.</param>
/// <param name="Judge">What replies pass through.</param>
internal sealed record MapPlan(SessionRun Run, LeafTask Task, Merge Merge, MapBoard Board, UnitMemo Memo, UnitJudge Judge)
{
    /// <summary>Lists the units, reads each once and takes what the memo has for it.</summary>
    /// <exception cref="RecursionException"><c>bad_argument</c>, or what the scope's expressions gave.</exception>
    public static MapPlan Of(SessionRun run, string? strategy, CancellationToken cancellationToken)
    {
        var request = run.Session.Request;
        var task = new LeafTask(request.Task, request.Schema, strategy);
        var merge = Merge.Of(request);
        var units = UnitsOf(run, request, cancellationToken);
        var board = new MapBoard([.. units.Units.Select((unit, index) => new UnitWork(index, unit))], units.Skipped);
        var plan = new MapPlan(run, task, merge, board, new(run, task, run.Models!.Leaf.Model.Name), new(run, task));
        foreach (var work in board.Work) plan.Look(work, cancellationToken);
        return plan;
    }

    /// <summary>Units in one call at most, so that their answers fit its output.</summary>
    public int UnitsInCall => Math.Max(1, Run.Models!.Leaf.Model.OutputLimit / Packing.AnswerTokens);

    /// <summary>The first round's packs.</summary>
    public IReadOnlyList<LeafPack> Packs(IReadOnlyList<UnitWork> work) => [.. Packing.Of(work, Packing.Characters, UnitsInCall).Select(units => new LeafPack(units))];

    private static UnitList UnitsOf(SessionRun run, RecurseRequest request, CancellationToken cancellationToken)
    {
        var per = request.Per ?? (request.Over.Count > 0 && request.Over.All(over => over.StartsWith('@')) ? UnitKind.Match : UnitKind.File);
        return per is UnitKind.Pair ? PairUnits.Of(run, cancellationToken) : run.Context.Units(run.Session.Scope, per, cancellationToken);
    }

    private void Look(UnitWork work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (UnitText.Read(Run, work.Unit, cancellationToken) is not { } text)
        {
            work.Fail(UnitText.Gone);
            return;
        }
        work.Key = Memo.Key(work.Unit, text);
        int names = work.Unit.Handle.Length + (work.Unit.Symbol?.Length ?? 0) + (work.Unit.With?.Handle.Length ?? 0) + (work.Unit.With?.Symbol?.Length ?? 0) + (work.Unit.Callers?.Length ?? 0);
        work.Characters = text.Text.Length + (text.With?.Length ?? 0) + names + UnitFrame.Overhead;
        work.Bytes = System.Text.Encoding.UTF8.GetByteCount(text.Text) + (text.With is { } with ? System.Text.Encoding.UTF8.GetByteCount(with) : 0) + (2L * names) + UnitFrame.Overhead;
        Recall(work, cancellationToken);
    }

    private void Recall(UnitWork work, CancellationToken cancellationToken)
    {
        if (Memo.Find(work) is not var (item, isDeepened)) return;
        // On a copy: what no longer holds must not count as the unit's first false quotes.
        var copy = new UnitWork(work.Index, work.Unit);
        if (!Judge.Judge(copy, item, new([copy]), cancellationToken)) return;
        work.Judge(copy.Finding!);
        if (!isDeepened) work.Deepen = item.Conflict is not null ? "contradiction" : item.IsUncertain ? "uncertain" : null;
    }
}
