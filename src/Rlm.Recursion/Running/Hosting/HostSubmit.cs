using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Running.Hosting;

/// <summary>
/// Takes what a sub-agent of the client hands in. A submit replaces the session's earlier one until the parent has merged; one that breaks the schema changes nothing and leaves the session open.
/// </summary>
internal static class HostSubmit
{
    private const int MaxAnswer = 2_000_000, NamedUnits = 5;

    /// <summary>Accepts a submit and says what it holds: findings, false quotes, units without a finding.</summary>
    /// <param name="session">The child.</param>
    /// <param name="context">For quotes and units.</param>
    /// <param name="checks">For schema and quotes.</param>
    /// <param name="answer">A text, or JSON where the schema is for the answer; null for none.</param>
    /// <param name="findings">As <see cref="FindingReader"/> reads them; null for none.</param>
    /// <param name="time">The clock of the trajectory.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RecursionException"><c>bad_argument</c>: what is wrong; nothing was kept.</exception>
    public static string Accept(Session session, ISessionContext context, RunChecks checks, JsonNode? answer, JsonNode? findings, TimeProvider time, CancellationToken cancellationToken)
    {
        var state = session.State;
        if (state.IsEnded) throw Bad($"session {session.Id} has ended ({TrajectoryWords.Word(state.Status)})", "Ask anew by recurse.");
        if (state.Status != SessionStatus.NeedsHost || state.Children.Count > 0) throw Bad($"session {session.Id} is not one that a sub-agent of yours runs", "Submit to the session that the brief names.");
        var (content, read) = Read(session.Request, checks, answer, findings);
        var judges = HostTask.Judges(session.Request);
        var units = judges ? context.Units(session.Scope, HostTask.Per(session.Request), cancellationToken).Units : [];
        if (judges) read = PartUnits.Resolve(read, units);
        var kept = checks.Citations(context, session.Scope, read, cancellationToken);
        session.Update(now => now with { Answer = new(content, true), Findings = kept });
        if (!session.State.Answer.Ready || session.State.IsEnded) throw Bad($"session {session.Id} was merged meanwhile", "Ask anew by recurse.");
        var receipt = Receipt(session.Id, kept, judges ? Missing(kept, units) : []);
        session.Trajectory.Append(new(session.Id, 0, "submit") { At = time.GetUtcNow(), Tool = "session", Arguments = Digest(content, findings), Result = receipt });
        return receipt;
    }

    private static (string Content, IReadOnlyList<Finding> Findings) Read(RecurseRequest request, RunChecks checks, JsonNode? answer, JsonNode? findings)
    {
        var content = answer is null ? "" : answer is JsonValue value && value.TryGetValue<string>(out var text) ? text : answer.ToJsonString();
        if (content.Length > MaxAnswer) throw Bad($"answer has {content.Length:N0} characters; at most {MaxAnswer:N0}");
        var read = FindingReader.Read(findings);
        if (string.IsNullOrWhiteSpace(content) && read.Count == 0) throw Bad("neither answer nor findings were given");
        if (request.Schema is not { } schema) return (content, read);
        if (!HostTask.Judges(request)) RequireShape(content, schema, checks);
        else
            for (var at = 0; at < read.Count; at++)
                if (checks.Schema(schema, read[at].Value) is { } breach) throw Bad($"value of finding {at + 1} ({read[at].Unit}) does not fit the schema: {breach}");
        return (content, read);
    }

    private static void RequireShape(string content, JsonElement schema, RunChecks checks)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            if (checks.Schema(schema, document.RootElement) is { } breach) throw Bad($"answer does not fit the schema: {breach}");
        }
        catch (JsonException)
        {
            if (checks.Schema(schema, JsonSerializer.SerializeToElement(content)) is not null) throw Bad("answer is not JSON, which the schema asks for");
        }
    }

    private static List<Unit> Missing(IReadOnlyList<Finding> findings, IReadOnlyList<Unit> units)
    {
        var named = findings.Select(finding => finding.Unit).ToHashSet(StringComparer.Ordinal);
        return [.. units.Where(unit => !named.Contains(unit.Handle))];
    }

    private static string Receipt(string id, IReadOnlyList<Finding> findings, List<Unit> missing)
    {
        var quotes = findings.SelectMany(finding => finding.Citations).ToList();
        var wrong = quotes.Where(citation => citation.Checked == QuoteCheck.False).ToList();
        var text = string.Create(CultureInfo.InvariantCulture, $"submitted to {id}: {findings.Count} findings, {quotes.Count - wrong.Count} of {quotes.Count} quotes stand where they say.");
        if (wrong.Count > 0) text += $" Not there: {Some(wrong.Select(citation => citation.Handle))}.";
        if (missing.Count > 0) text += string.Create(CultureInfo.InvariantCulture, $" {missing.Count} units have no finding: {Some(missing.Select(unit => unit.Handle))}.");
        return wrong.Count + missing.Count > 0 ? text + " Submit again to replace this." : text;
    }

    private static string Some(IEnumerable<string> names)
    {
        var list = names.Distinct().ToList();
        return string.Join(", ", list.Take(NamedUnits)) + (list.Count > NamedUnits ? ", …" : "");
    }

    private static JsonElement Digest(string content, JsonNode? findings) => JsonSerializer.SerializeToElement(new JsonObject { ["answer"] = content, ["findings"] = findings?.DeepClone() });

    private static RecursionException Bad(string what, string? next = null) => new("bad_argument", what, next ?? "The session stays open: submit again.");
}
