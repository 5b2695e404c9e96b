using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running;

/// <summary>Checks citations against the files as they are now. Costs no model call.</summary>
internal static class QuoteChecks
{
    /// <summary>As <see cref="FindingsCheck"/>.</summary>
    public static IReadOnlyList<Finding> Of(ISessionContext context, ContextScope scope, IReadOnlyList<Finding> findings, CancellationToken cancellationToken) =>
        [.. findings.Select(finding => Of(context, scope, finding, cancellationToken))];

    private static Finding Of(ISessionContext context, ContextScope scope, Finding finding, CancellationToken cancellationToken)
    {
        IReadOnlyList<Citation> citations = [.. finding.Citations.Select(citation => Checking.CitationCheck.Check(context, scope, citation.Handle, citation.Quote, cancellationToken))];
        return finding with { Citations = citations, IsUnsupported = citations.Count > 0 && citations.All(citation => citation.Checked == QuoteCheck.False) };
    }
}
