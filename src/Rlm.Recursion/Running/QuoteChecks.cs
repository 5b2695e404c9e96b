using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running;

/// <summary>Checks citations against the files as they are now. Costs no model call.</summary>
internal static class QuoteChecks
{
    /// <summary>As <see cref="CitationCheck"/>.</summary>
    public static IReadOnlyList<Finding> Of(ISessionContext context, ContextScope scope, IReadOnlyList<Finding> findings, CancellationToken cancellationToken) =>
        [.. findings.Select(finding => Of(context, scope, finding, cancellationToken))];

    private static Finding Of(ISessionContext context, ContextScope scope, Finding finding, CancellationToken cancellationToken)
    {
        IReadOnlyList<Citation> citations = [.. finding.Citations.Select(citation => citation with { Checked = Check(context, scope, citation, cancellationToken) })];
        return finding with { Citations = citations, IsUnsupported = citations.Count > 0 && citations.All(citation => citation.Checked == QuoteCheck.False) };
    }

    // A blank quote stands everywhere and shows nothing.
    private static QuoteCheck Check(ISessionContext context, ContextScope scope, Citation citation, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(citation.Quote) ? QuoteCheck.False : context.Check(scope, citation.Handle, citation.Quote, cancellationToken);
}
