using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Models;
using Rlm.Recursion.Running.Leaves;

namespace Rlm.Recursion.Running.Mapping;

/// <summary>Asks the leaves: all open units once, then those without a valid answer again in small packs, then alone. Each valid answer is kept in the memo at once.</summary>
/// <param name="plan">What to do.</param>
/// <param name="publish">Called after each reply.</param>
internal sealed class MapRounds(MapPlan plan, Action publish)
{
    // Asking again stays cheap next to asking: at most so many single calls in a round, beyond that small packs.
    private const int SingleCalls = 32, SmallPack = 25_000;

    private readonly ModelCalls _models = plan.Run.Models!.Leaf;
    private readonly HashSet<UnitWork> _cut = [];

    /// <summary>Why no more was sent; null when all was.</summary>
    public string? Stopped { get; private set; }

    /// <summary>Runs all rounds; afterwards no unit is open.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var queue = Queue(cancellationToken, Take);
        var packs = plan.Packs(plan.Board.Open);
        for (var round = 0; round < 4 && packs.Count > 0 && queue.Stopped is null; round++)
        {
            var asked = packs.SelectMany(pack => pack.Units).ToHashSet();
            var unsent = await queue.RunAsync(packs, cancellationToken).ConfigureAwait(false);
            _cut.UnionWith(unsent.SelectMany(pack => pack.Units));
            packs = Again([.. plan.Board.Open.Where(work => asked.Contains(work) && !_cut.Contains(work))], round);
        }
        Stopped = queue.Stopped;
        if (Stopped is not null) plan.Run.Session.Trajectory.Append(new(plan.Run.Session.Id, 0, "limit") { Note = Stopped });
        foreach (var work in plan.Board.Open) Close(work);
        publish();
    }

    /// <summary>A queue of leaf calls.</summary>
    /// <param name="cancellationToken">For reading and checking.</param>
    /// <param name="take">Handles the items of a reply; returns whether any holds.</param>
    public CallQueue<LeafPack> Queue(CancellationToken cancellationToken, Func<LeafPack, IReadOnlyList<LeafItem>, CancellationToken, bool> take) => new(plan.Run, _models, "leaf")
    {
        Build = pack => pack.Prompt(plan.Run, cancellationToken) is { } prompt ? (plan.Task.Messages(_models.Model.HasTools, prompt), plan.Task.Options(_models.Model)) : null,
        Split = Smaller,
        Done = (pack, reply, fault) => Done(pack, reply, fault, take, CancellationToken.None),
    };

    // Near the end of the budget units are read as signatures rather than not at all; before it, smaller packs come first.
    private IReadOnlyList<LeafPack>? Smaller(LeafPack pack)
    {
        var brief = pack is { IsBrief: false, More: null } ? pack with { IsBrief = true } : null;
        if (brief is null || (!Degradation.IsDue(Degradation.Signatures, plan.Run.Session.Ledger.Used) && pack.Units.Count > 1)) return pack.Halves();
        plan.Run.Session.TakeStep(Degradation.Signatures);
        return [brief];
    }

    private bool Done(LeafPack pack, ChatResponse? reply, ModelFaultException? fault, Func<LeafPack, IReadOnlyList<LeafItem>, CancellationToken, bool> take, CancellationToken cancellationToken)
    {
        if (reply is null)
        {
            foreach (var work in pack.Units.Where(work => work.IsOpen))
                if (fault!.Kind is ModelFaultKind.Refused) work.Fail(StopReasons.Of(fault));
                else work.Reject(StopReasons.Of(fault), "");
            publish();
            return false;
        }
        var isUsable = take(pack, [.. ReplyJson.Of(reply, _models.Model.HasTools).SelectMany(LeafItem.All)], cancellationToken);
        publish();
        return isUsable;
    }

    private bool Take(LeafPack pack, IReadOnlyList<LeafItem> items, CancellationToken cancellationToken)
    {
        var judged = plan.Judge.Judge(pack, items, cancellationToken);
        foreach (var (work, item) in judged)
        {
            work.IsBySignature = pack.IsBrief;
            // It did not see the whole unit, and there is no budget to look deeper.
            if (pack.IsBrief) continue;
            plan.Memo.Keep(work, item, isDeepened: false);
            work.Deepen = item.Conflict is not null ? "contradiction" : item.IsUncertain ? "uncertain" : null;
        }
        return judged.Count > 0;
    }

    // Misquoted units are asked alone; the others in small packs first, and alone when that gave nothing either.
    private static IReadOnlyList<LeafPack> Again(IReadOnlyList<UnitWork> open, int round)
    {
        var misquoted = open.Where(work => work.HasMisquoted).ToList();
        var rest = open.Where(work => !work.HasMisquoted && round < 2).ToList();
        IReadOnlyList<LeafPack> alone = Few(misquoted), others = round == 0 ? Small(rest) : Few(rest);
        return [.. alone.Concat(others).OrderBy(pack => pack.Units[0].Index)];
    }

    private static IReadOnlyList<LeafPack> Few(IReadOnlyList<UnitWork> work) =>
        [.. Packing.Of(work, long.MaxValue / 4, Math.Max(1, (work.Count + SingleCalls - 1) / SingleCalls)).Select(units => new LeafPack(units))];

    private static IReadOnlyList<LeafPack> Small(IReadOnlyList<UnitWork> work) => [.. Packing.Of(work, SmallPack, SingleCalls).Select(units => new LeafPack(units))];

    private void Close(UnitWork work)
    {
        if (_cut.Contains(work) && Stopped is not null) work.Skip(Stopped);
        else if (work.ProblemKind is { } kind) work.Fail(kind);
        else work.Skip(Stopped ?? "not asked");
    }
}
