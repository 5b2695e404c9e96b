using System.Globalization;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Mapping;
using Rlm.Recursion.Running.Merging;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running;

/// <summary>
/// Judges every unit of a scope by model calls and merges what they say:
/// <code>
/// units -> memo -> packs of about 100,000 characters -> leaf calls -> each answer checked -> bad ones asked again -> uncertain ones deeper -> verified -> merged
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
        void Publish() => run.Session.Update(state => Drafted(state, plan));
        Publish();
        var rounds = new MapRounds(plan, Publish);
        await rounds.RunAsync(cancellationToken).ConfigureAwait(false);
        run.Session.Update(state => MapEnd.Of(Drafted(state, plan), plan, CodeMerge.Of(plan.Merge, plan.Board.Supported, plan.Board.Coverage())));
    }

    private static SessionState Drafted(SessionState state, MapPlan plan)
    {
        var coverage = plan.Board.Coverage();
        return state with { Findings = plan.Board.Findings, Coverage = coverage, Answer = new(CodeMerge.Of(plan.Merge, plan.Board.Supported, coverage), false) };
    }
}
