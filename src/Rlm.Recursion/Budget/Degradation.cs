namespace Rlm.Recursion.Budget;

/// <summary>
/// What a session gives up as its budget runs out, so that it ends with an answer and not in mid-sentence:
/// <code>
/// 80 % no new children   85 % signatures instead of bodies   90 % leaf model for the merge   and when no merge fits any more: merged by code
/// </code>
/// A step that is due is taken where it applies, and noted by <see cref="Sessions.Session.TakeStep"/>. The last merge was kept back from the start, so that it mostly fits.
/// </summary>
public static class Degradation
{
    /// <summary>Sessions open no further sessions.</summary>
    public const string NoNewChildren = "no new children";

    /// <summary>Units are read as signatures.</summary>
    public const string Signatures = "signatures instead of bodies";

    /// <summary>The cheaper model merges.</summary>
    public const string LeafMerge = "leaf model for the merge";

    /// <summary>No model merges.</summary>
    public const string CodeMerge = "merged by code";

    private static readonly string[] Steps = [NoNewChildren, Signatures, LeafMerge];

    /// <summary>The steps due when so much of the nearest limit is used, in order. What is no number counts as all used.</summary>
    /// <param name="used"><see cref="Ledger.Used"/>.</param>
    public static IReadOnlyList<string> Due(double used) => [.. Steps.Where((_, at) => !(used < (16 + at) / 20.0))];

    /// <summary>Whether a step is due.</summary>
    public static bool IsDue(string step, double used) => Due(used).Contains(step);

    /// <summary>Who merges: the step to take, or null for the root's model. What does not fit into the budget any more is not asked.</summary>
    /// <param name="used"><see cref="Ledger.Used"/>.</param>
    /// <param name="rootFits">Whether the root model's merge can be reserved.</param>
    /// <param name="leafFits">Whether the leaf model's can; false where it is the same model.</param>
    public static string? Merge(double used, bool rootFits, bool leafFits) =>
        leafFits && (!rootFits || IsDue(LeafMerge, used)) ? LeafMerge : rootFits ? null : CodeMerge;
}
