using System.Globalization;
using System.Text;
using System.Text.Json;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running.Hosting;

/// <summary>Joins what sub-agents of the client have submitted into the parent's answer. By code alone: what would need a model is joined in order, and says so.</summary>
internal static class HostMerge
{
    private const int NamedUnits = 50;

    /// <summary>Ends the workers and their parent.</summary>
    public static void Run(SessionRun run, IReadOnlyList<Session> workers, IHostSessions sessions, FindingsMerge merge, CancellationToken cancellationToken)
    {
        var coverage = HostCoverage.Of(run, workers, sessions, cancellationToken);
        var (missing, lost) = (workers.Count(worker => !worker.State.Answer.Ready), run.Session.State.Children.Count > workers.Count);
        IReadOnlyList<Finding> findings = [.. workers.Where(worker => worker.State.Answer.Ready).SelectMany(worker => worker.State.Findings)];
        var (content, note) = Content(run.Session.Request, workers, findings, merge);
        foreach (var worker in workers.Where(worker => worker != run.Session))
            worker.Update(state => state with { Status = state.Answer.Ready ? SessionStatus.Complete : SessionStatus.Failed, Reason = state.Answer.Ready ? null : "nothing was submitted" });
        var reason = Reason(missing, coverage, lost);
        run.Session.Update(state => state with
        {
            Status = missing == workers.Count ? SessionStatus.Failed : reason is null ? SessionStatus.Complete : SessionStatus.Partial,
            Reason = reason,
            Answer = new(content, reason is null),
            Findings = findings,
            Coverage = coverage.Coverage,
            Notes = [.. state.Notes, "coverage is host-reported", .. note, .. Unverified(run.Session.Request), .. Reopen(run.Session.Request, coverage.Dropped)],
        });
    }

    private static (string Content, IEnumerable<string> Note) Content(RecurseRequest request, IReadOnlyList<Session> workers, IReadOnlyList<Finding> findings, FindingsMerge merge)
    {
        var supported = findings.Where(finding => !finding.IsUnsupported).ToList();
        var answers = workers.Where(worker => worker.State.Answer is { Ready: true, Content.Length: > 0 }).Select(worker => worker.State.Answer.Content).ToList();
        if (request.Merge is "count" || request.Merge?.StartsWith("group:", StringComparison.Ordinal) == true) return (merge(request.Merge, supported), []);
        if (request.Merge is "none" || (request.Merge is null && HostTask.Judges(request)))
            return (string.Create(CultureInfo.InvariantCulture, $"{supported.Count} findings from {workers.Count} parts"), []);
        var joined = request.Schema is not null && !HostTask.Judges(request) && answers.Count > 1 ? AsList(answers) : string.Join("\n", answers);
        if (request.Merge is "concat" || answers.Count < 2) return (joined, []);
        return (joined, [request.Merge is null
            ? $"the answers of {answers.Count} parts, joined in order and not summarized"
            : $"no model to reduce with: the answers of {answers.Count} parts are joined in order; apply to them: {request.Merge}"]);
    }

    // Each fits the schema by itself, so that together they are a list of it.
    private static string AsList(List<string> answers)
    {
        var text = new StringBuilder("[").AppendJoin(",", answers.Select(answer => IsJson(answer) ? answer : JsonSerializer.Serialize(answer)));
        return text.Append(']').ToString();
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Reason(int missing, HostCoverage coverage, bool lost)
    {
        var dropped = coverage.Dropped.Count;
        if (missing > 0) return string.Create(CultureInfo.InvariantCulture, $"{missing} sub-agents submitted nothing; {dropped} units have no answer");
        if (dropped > 0) return string.Create(CultureInfo.InvariantCulture, $"{dropped} units were not judged");
        return lost ? "sessions of sub-agents are gone" : null;
    }

    private static IEnumerable<string> Unverified(RecurseRequest request)
    {
        if (request.Verify) yield return "not verified: this server asks no model that could check a claim once more; quotes were checked";
    }

    private static IEnumerable<string> Reopen(RecurseRequest request, IReadOnlyList<Unit> dropped)
    {
        if (dropped.Count == 0) yield break;
        var over = dropped.Select(unit => HandlePath.WithLines(unit.Handle)).Distinct(StringComparer.Ordinal).Take(NamedUnits).ToList();
        var more = dropped.Count > over.Count ? string.Create(CultureInfo.InvariantCulture, $"  (the first {over.Count} of {dropped.Count})") : "";
        yield return AskAgain.Words(request, over) + more;
    }
}
