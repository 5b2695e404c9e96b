using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running.Merging;

/// <summary>Merges that code does: what they say is true of the findings, whatever a model thinks of it.</summary>
internal static class CodeMerge
{
    private const int MaxLines = 200;
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer; for a reduce merge the findings one under another, at most 200 lines.</summary>
    /// <param name="merge">How.</param>
    /// <param name="findings">Supported ones, in order.</param>
    /// <param name="coverage">For the line that a merge of none gives.</param>
    public static string Of(Merge merge, IReadOnlyList<Finding> findings, Coverage coverage) => merge.Kind switch
    {
        MergeKind.None => string.Create(CultureInfo.InvariantCulture, $"{coverage.Judged:N0} of {coverage.Units:N0} units judged; see the findings."),
        MergeKind.Count => Count(findings),
        MergeKind.Group => Group(findings, merge.Detail),
        MergeKind.Concat => Concat(findings),
        _ => Listed(findings),
    };

    /// <summary>Value → number of findings with it, most first, as a JSON object. Text counts under itself, other values under their JSON with sorted names.</summary>
    public static string Count(IReadOnlyList<Finding> findings)
    {
        var counts = findings.GroupBy(finding => Key(finding.Value), StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal);
        return new JsonObject(counts.Select(group => KeyValuePair.Create<string, JsonNode?>(group.Key, group.Count()))).ToJsonString(Json);
    }

    /// <summary>Value of a field → handles of the units that have it, in order. A list counts under each of its items; units without the field under <c>(no FIELD)</c>.</summary>
    public static string Group(IReadOnlyList<Finding> findings, string field)
    {
        var groups = new SortedDictionary<string, JsonArray>(StringComparer.Ordinal);
        foreach (var finding in findings)
            foreach (var key in Keys(finding.Value, field).Distinct(StringComparer.Ordinal))
            {
                if (!groups.TryGetValue(key, out var handles)) groups[key] = handles = [];
                handles.Add(finding.With is { } with ? $"{finding.Unit} ~ {with}" : finding.Unit);
            }
        return new JsonObject(groups.Select(group => KeyValuePair.Create<string, JsonNode?>(group.Key, group.Value))).ToJsonString(Json);
    }

    /// <summary>The texts in order, untouched, with a line break between two where the first does not end in one.</summary>
    public static string Concat(IReadOnlyList<Finding> findings)
    {
        var joined = new StringBuilder(findings.Sum(finding => finding.Text.Length + 1));
        foreach (var finding in findings)
        {
            if (joined.Length > 0 && joined[^1] != '\n') joined.Append('\n');
            joined.Append(finding.Text);
        }
        return joined.ToString();
    }

    private static string Listed(IReadOnlyList<Finding> findings)
    {
        var lines = findings.Take(MaxLines).Select(finding => $"- {finding.Name}: {(finding.Text.Length <= 400 ? finding.Text : finding.Text[..400] + "…")}");
        var more = findings.Count > MaxLines ? string.Create(CultureInfo.InvariantCulture, $"\n… {findings.Count - MaxLines:N0} more among the findings") : "";
        return string.Join('\n', lines) + more;
    }

    private static IEnumerable<string> Keys(JsonElement value, string field)
    {
        if (value.ValueKind is not JsonValueKind.Object || !value.TryGetProperty(field, out var part)) return [$"(no {field})"];
        return part.ValueKind is JsonValueKind.Array ? part.GetArrayLength() == 0 ? ["[]"] : part.EnumerateArray().Select(Key) : [Key(part)];
    }

    private static string Key(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString()! : Sorted(value)?.ToJsonString(Json) ?? "null";

    private static JsonNode? Sorted(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().GroupBy(property => property.Name).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => KeyValuePair.Create(group.Key, Sorted(group.Last().Value)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Sorted)]),
        _ => JsonNode.Parse(value.GetRawText()),
    };
}
