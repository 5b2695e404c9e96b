using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running.Agent;

/// <summary>What an agent looked at, in files: those of which a result showed something to it or to a session below it.</summary>
internal static class AgentCoverage
{
    /// <summary>Over the files in scope.</summary>
    /// <param name="run">The session.</param>
    /// <param name="seen">Handles that its own tools showed.</param>
    /// <param name="children">Sessions below it that have ended.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Coverage Of(SessionRun run, IReadOnlyCollection<string> seen, IReadOnlyList<SessionState> children, CancellationToken cancellationToken)
    {
        var files = run.Context.Size(run.Session.Scope, cancellationToken).Files;
        var paths = seen.Select(HandlePath.Of).ToHashSet(StringComparer.Ordinal);
        foreach (var child in children)
        {
            paths.UnionWith(child.Findings.SelectMany(finding => finding.Citations).Where(citation => citation.Checked != QuoteCheck.False).Select(citation => HandlePath.Of(citation.Handle)));
            if (child.Coverage is { Units: > 0, IsFull: true }) paths.UnionWith(run.Context.Units(child.Scope, UnitKind.File, cancellationToken).Units.Select(unit => HandlePath.Of(unit.Handle)));
        }
        var looked = Math.Min(files, paths.Count);
        return new(files, looked, 0, files - looked) { Reasons = looked == files ? new Dictionary<string, int>() : new Dictionary<string, int> { ["not opened"] = files - looked } };
    }
}
