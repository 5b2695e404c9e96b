using System.Text.Json;
using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running;

/// <summary>What is wrong with a value by a JSON schema, in words; null when nothing is.</summary>
internal delegate string? SchemaCheck(JsonElement schema, JsonElement value);

/// <summary>The findings with every citation checked against the files as they are now; one of whose citations none holds is marked as unsupported.</summary>
internal delegate IReadOnlyList<Finding> FindingsCheck(ISessionContext context, ContextScope scope, IReadOnlyList<Finding> findings, CancellationToken cancellationToken);

/// <summary>Joins findings by code: <c>none</c>, <c>count</c>, <c>group:FIELD</c> or <c>concat</c>.</summary>
internal delegate string FindingsMerge(string merge, IReadOnlyList<Finding> findings);

/// <summary>How what models and clients submit is checked.</summary>
/// <param name="Schema">For values and answers.</param>
/// <param name="Citations">For findings.</param>
internal sealed record RunChecks(SchemaCheck Schema, FindingsCheck Citations);
