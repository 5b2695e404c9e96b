using System.Text.RegularExpressions;

namespace Rlm.Recursion.Running.Merging;

/// <summary>How findings become one answer.</summary>
/// <param name="Kind">Which way.</param>
/// <param name="Detail">The field to group by, or the prompt to reduce by.</param>
internal sealed partial record Merge(MergeKind Kind, string Detail = "")
{
    /// <summary>Reads what was asked for. Without it: with a schema none; else a count where the task asks how many; else a reduce prompt that answers the task.</summary>
    /// <exception cref="RecursionException"><c>bad_argument</c>: a group without a field.</exception>
    public static Merge Of(RecurseRequest request)
    {
        if (request.Merge is not { } asked || string.IsNullOrWhiteSpace(asked))
            return request.Schema is not null ? new(MergeKind.None) : HowMany().IsMatch(request.Task) ? new(MergeKind.Count) : new(MergeKind.Reduce, "Answer the task from these findings.");
        var word = asked.Trim();
        if (word.StartsWith("group:", StringComparison.Ordinal))
            return word.Length > 6 ? new(MergeKind.Group, word[6..].Trim()) : throw new RecursionException("bad_argument", "merge group: without a field", "Name a field of the values: merge: \"group:kind\".");
        return word switch
        {
            "none" => new(MergeKind.None),
            "count" => new(MergeKind.Count),
            "concat" => new(MergeKind.Concat),
            _ => new(MergeKind.Reduce, asked),
        };
    }

    [GeneratedRegex(@"^\s*(how many|count)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HowMany();
}
