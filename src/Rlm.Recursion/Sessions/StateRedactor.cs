using System.Runtime.CompilerServices;
using Rlm.Recursion.Context;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Sessions;

/// <summary>Masks secrets in what a session says; ids, handles and scopes stay, as work goes on by them. Findings that were seen before are not looked at again.</summary>
internal sealed class StateRedactor(Redactor redactor)
{
    private readonly ConditionalWeakTable<Finding, Finding> _seen = [];

    /// <summary>The state without secrets.</summary>
    public SessionState Redact(SessionState state) => state with
    {
        Request = state.Request with { Task = redactor.Redact(state.Request.Task), Merge = Redact(state.Request.Merge) },
        Reason = Redact(state.Reason),
        ModeReason = Redact(state.ModeReason),
        Brief = Redact(state.Brief),
        Answer = state.Answer with { Content = redactor.Redact(state.Answer.Content) },
        Notes = [.. state.Notes.Select(redactor.Redact)],
        Findings = [.. state.Findings.Select(finding => _seen.GetValue(finding, Redact))],
    };

    private Finding Redact(Finding finding) => finding with
    {
        Value = redactor.Redact(finding.Value),
        Text = redactor.Redact(finding.Text),
        Citations = [.. finding.Citations.Select(citation => citation with { Quote = redactor.Redact(citation.Quote) })],
    };

    private string? Redact(string? text) => text is null ? null : redactor.Redact(text);
}
