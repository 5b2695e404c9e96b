using System.Text.Json;
using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running;

/// <summary>What is wrong with a value by a JSON schema, in words; null when nothing is.</summary>
internal delegate string? SchemaCheck(JsonElement schema, JsonElement value);

/// <summary>A citation, checked against the file as it is now.</summary>
internal delegate Citation QuoteCheckOne(ISessionContext context, ContextScope scope, string handle, string quote, CancellationToken cancellationToken);

/// <summary>Joins findings by code: <c>none</c>, <c>count</c> or <c>group:FIELD</c>.</summary>
internal delegate string FindingsMerge(string merge, IReadOnlyList<Finding> findings);

/// <summary>How what models and clients submit is checked. Costs no model call.</summary>
/// <param name="Schema">For values, answers and arguments of tools.</param>
/// <param name="Quote">For citations.</param>
internal sealed record RunChecks(SchemaCheck Schema, QuoteCheckOne Quote)
{
    /// <summary>The findings with every citation checked; one of whose citations none holds is marked as unsupported.</summary>
    public IReadOnlyList<Finding> Citations(ISessionContext context, ContextScope scope, IReadOnlyList<Finding> findings, CancellationToken cancellationToken) =>
        [.. findings.Select(finding => Checked(finding, [.. finding.Citations.Select(citation => Quote(context, scope, citation.Handle, citation.Quote, cancellationToken))]))];

    private static Finding Checked(Finding finding, IReadOnlyList<Citation> citations) =>
        finding with { Citations = citations, IsUnsupported = citations.Count > 0 && citations.All(citation => citation.Checked == QuoteCheck.False) };
}
