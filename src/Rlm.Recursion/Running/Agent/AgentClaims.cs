using System.Globalization;
using System.Text;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Checking;
using Rlm.Recursion.Running.Leaves;

namespace Rlm.Recursion.Running.Agent;

/// <summary>Has each claim of an agent's answer checked by one independent call, which sees the claim and the text that it cites.</summary>
internal static class AgentClaims
{
    private const int MaxText = 40_000;

    /// <summary>Marks what is refuted as unsupported, and says in a note how the checks went.</summary>
    public static async Task VerifyAsync(SessionRun run, CancellationToken cancellationToken)
    {
        var findings = run.Session.State.Findings.ToArray();
        var (claims, without) = (new List<ClaimCheck.Claim>(), 0);
        for (var at = 0; at < findings.Length; at++)
        {
            var index = at;
            if (findings[at].IsUnsupported) continue;
            if (Cited(run, findings[at], cancellationToken) is { Length: > 0 } text) claims.Add(new(Words(findings[at]), text, () => findings[index] = findings[index] with { IsUnsupported = true }));
            else without++;
        }
        var note = await new ClaimCheck(run).RunAsync(claims, cancellationToken).ConfigureAwait(false);
        run.Session.Update(state => state with { Findings = findings, Notes = [.. state.Notes, without == 0 ? note : string.Create(CultureInfo.InvariantCulture, $"{note}; {without:N0} cite nothing to check by")] });
    }

    private static string Words(Finding finding) => finding.Text.Length > 0 ? finding.Text : finding.Value.GetRawText();

    private static string Cited(SessionRun run, Finding finding, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var handle in finding.Citations.Where(citation => citation.Checked is not QuoteCheck.False).Select(citation => citation.Handle).Distinct())
            if (run.Context.Read(run.Session.Scope, new(handle, null, 0), cancellationToken) is { } part && text.Length + part.Length <= MaxText) UnitFrame.Append(text, "unit", handle, part);
        return text.ToString();
    }
}
