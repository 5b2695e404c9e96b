using System.Globalization;
using Rlm.Recursion.Running.Checking;
using Rlm.Recursion.Running.Leaves;
using Rlm.Recursion.Running.Mapping;
using Rlm.Recursion.Running.Merging;
using Rlm.Recursion.Running.Pricing;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running;

/// <summary>
/// Judges every unit of a scope by model calls and merges what they say:
/// <code>
/// units -> memo -> price -> packs of about 100,000 characters -> leaf calls -> each answer checked -> bad ones asked again -> uncertain ones deeper -> verified -> merged
/// </code>
/// The engine does all but the judging: order, counts, coverage, citations and merges by value come from code.
/// </summary>
internal static class MapRun
{
    /// <summary>Runs it; the session has ended when this returns. Cancelled, it leaves the findings so far and a draft in the session and throws.</summary>
    /// <param name="run">What it works with; models are needed.</param>
    /// <param name="cancellationToken">Ends it; calls under way are aborted.</param>
    /// <param name="strategy">How to go about this kind of task; null for nothing more.</param>
    /// <exception cref="RecursionException"><c>bad_argument</c>: schema, merge or scope.</exception>
    public static async Task RunAsync(SessionRun run, CancellationToken cancellationToken, string? strategy = null)
    {
        var plan = MapPlan.Of(run, strategy, cancellationToken);
        if (!IsToRun(plan, cancellationToken)) return;
        void Publish() => run.Session.Update(state => MapEnd.Drafted(state, plan));
        var merge = new FinalMerge(plan);
        merge.KeepBack();
        Publish();
        var rounds = new MapRounds(plan, Publish);
        await rounds.RunAsync(cancellationToken).ConfigureAwait(false);
        Note(run, await new Descent(plan, Publish).RunAsync(rounds, cancellationToken).ConfigureAwait(false));
        if (run.Session.Request.Verify) Note(run, await VerifyAsync(plan, cancellationToken).ConfigureAwait(false));
        Publish();
        var answer = await merge.RunAsync(cancellationToken).ConfigureAwait(false);
        run.Session.Update(state => MapEnd.Of(MapEnd.Drafted(state, plan), plan, answer));
    }

    // A plan beyond the budget spends nothing; only where the caller left the choice to us the best part of it runs.
    private static bool IsToRun(MapPlan plan, CancellationToken cancellationToken)
    {
        var (session, open) = (plan.Run.Session, plan.Board.Open);
        var estimator = new Estimator(plan);
        var affordable = new Affordable(plan, estimator);
        var estimate = estimator.Of(open);
        if (session.Request.DryRun)
        {
            session.Update(state => MapEnd.Priced(state, plan, estimate));
            return false;
        }
        if (open.Count == 0 || affordable.WhyNot(estimate.Likely) is not { } why) return true;
        var best = session.Request.Mode == "auto" ? affordable.Best(open, cancellationToken) : [];
        if (best.Count == 0)
        {
            session.Update(state => MapEnd.TooDear(state, plan, estimate, why));
            return false;
        }
        foreach (var work in open.Except(best)) work.Skip("beyond the budget, and not among the best-ranked");
        Note(plan.Run, string.Create(CultureInfo.InvariantCulture, $"judged the {best.Count:N0} best-ranked of {open.Count:N0} units: all would take {why}"));
        session.Update(state => state with { Estimate = estimate });
        return true;
    }

    private static Task<string> VerifyAsync(MapPlan plan, CancellationToken cancellationToken)
    {
        var claims = new List<ClaimCheck.Claim>();
        foreach (var work in plan.Board.Work.Where(work => work.State is UnitState.Judged))
            if (UnitText.Read(plan.Run, work.Unit, cancellationToken) is { } text)
                claims.Add(new(work.Finding!.Text, ClaimCheck.DataOf(work.Unit, text), () => work.Fail("refuted by an independent check", work.Finding! with { IsUnsupported = true })));
        return new ClaimCheck(plan.Run).RunAsync(claims, cancellationToken);
    }

    private static void Note(SessionRun run, string? note)
    {
        if (note is not null) run.Session.Update(state => state with { Notes = [.. state.Notes, note] });
    }
}
