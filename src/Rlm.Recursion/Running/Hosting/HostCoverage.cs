using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running.Hosting;

/// <summary>What sub-agents of a client looked at: units with a finding where each is judged, else units of which something was read under the session. What they read besides cannot be seen.</summary>
/// <param name="Coverage">Over the units of the whole scope.</param>
/// <param name="Dropped">Units that were to be judged and were not, in order.</param>
internal sealed record HostCoverage(Coverage Coverage, IReadOnlyList<Unit> Dropped)
{
    private const string NotSubmitted = "no answer from its sub-agent", NoFinding = "dropped by its sub-agent", NotRead = "not read under the session (host-reported)", NotHandedOut = "not handed out";

    /// <summary>Before anything was submitted.</summary>
    public static Coverage Waiting(UnitList units) => With(units.Skipped, units.Units.Count, 0, new() { ["waiting for a sub-agent"] = units.Units.Count });

    /// <summary>At the merge.</summary>
    public static HostCoverage Of(SessionRun run, IReadOnlyList<Session> workers, IHostSessions sessions, CancellationToken cancellationToken)
    {
        var request = run.Session.Request;
        var all = run.Context.Units(run.Session.Scope, HostTask.Per(request), cancellationToken);
        var fates = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var worker in workers)
            foreach (var (handle, fate) in Fates(run, worker, sessions, HostTask.Judges(request), cancellationToken)) fates[handle] = fate;
        var lost = all.Units.Select(unit => (Unit: unit, Fate: fates.GetValueOrDefault(unit.Handle, NotHandedOut))).Where(entry => entry.Fate.Length > 0).ToList();
        var reasons = lost.CountBy(entry => entry.Fate).ToDictionary();
        var coverage = With(all.Skipped, all.Units.Count, reasons.GetValueOrDefault(NoFinding), reasons);
        return new(coverage with { Missing = [.. lost.Take(Context.Coverage.MostMissing).Select(entry => new MissingUnit(entry.Unit.Handle, entry.Fate))] }, [.. lost.Where(entry => entry.Fate != NotRead).Select(entry => entry.Unit)]);
    }

    // Empty for what was judged.
    private static IEnumerable<(string Handle, string Fate)> Fates(SessionRun run, Session worker, IHostSessions sessions, bool judges, CancellationToken cancellationToken)
    {
        var units = run.Context.Units(worker.Scope, HostTask.Per(run.Session.Request), cancellationToken).Units;
        if (!worker.State.Answer.Ready) return units.Select(unit => (unit.Handle, NotSubmitted));
        var named = worker.State.Findings.Select(finding => HandlePath.WithLines(finding.Unit)).ToHashSet(StringComparer.Ordinal);
        if (judges) return units.Select(unit => (unit.Handle, named.Contains(HandlePath.WithLines(unit.Handle)) ? "" : NoFinding));
        var shown = sessions.Shown(worker.Id).Concat(worker.State.Findings.Select(finding => finding.Unit)).Select(HandlePath.Of).ToHashSet(StringComparer.Ordinal);
        return units.Select(unit => (unit.Handle, shown.Contains(HandlePath.Of(unit.Handle)) ? "" : NotRead));
    }

    private static Coverage With(IReadOnlyDictionary<string, int> unread, int units, int failed, Dictionary<string, int> reasons)
    {
        var skipped = reasons.Values.Sum() - failed;
        foreach (var (reason, count) in unread) reasons[reason] = reasons.GetValueOrDefault(reason) + count;
        var never = unread.Values.Sum();
        return new(units + never, units - failed - skipped, failed, skipped + never) { Reasons = reasons };
    }
}
