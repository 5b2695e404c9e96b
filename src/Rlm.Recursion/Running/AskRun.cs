using System.Globalization;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Asking;
using Rlm.Recursion.Running.Checking;
using Rlm.Recursion.Running.Leaves;
using Rlm.Recursion.Running.Mapping;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running;

/// <summary>Asks a model once over all that is in scope. Its claims are checked on disk; those whose every quote is false are asked again once, alone, and leave the answer when that fails too.</summary>
internal static class AskRun
{
    /// <summary>Characters that fit one call, about: a map's call holds as much.</summary>
    public const int Characters = Packing.Characters + 20_000;

    /// <summary>Runs it; the session has ended when this returns, unless it was cancelled, which throws.</summary>
    /// <param name="run">What it works with; models are needed.</param>
    /// <param name="cancellationToken">Aborts the call.</param>
    /// <param name="strategy">How to go about this kind of task; null for nothing more.</param>
    /// <exception cref="RecursionException"><c>bad_argument</c>: the scope is too large for one call, or the schema or scope is wrong.</exception>
    public static async Task RunAsync(SessionRun run, CancellationToken cancellationToken, string? strategy = null)
    {
        var request = run.Session.Request;
        var ask = AskPrompt.Of(run, strategy, cancellationToken);
        if (request.DryRun || ask.Units.Count == 0)
        {
            run.Session.Update(state => ask.Units.Count == 0
                ? state with { Status = SessionStatus.Failed, Reason = "nothing in scope to ask about", Coverage = ask.Coverage(isJudged: false) }
                : state with { Status = SessionStatus.Complete, Estimate = ask.Price(run), Coverage = ask.Coverage(isJudged: false), Notes = [.. state.Notes, "dry run: nothing was spent"] });
            return;
        }
        run.Session.Update(state => state with { Coverage = ask.Coverage(isJudged: false) });
        var question = new Question(run, run.Models!.Root, "ask");
        var outcome = await question.AskAsync(ask.System, ask.User, ask.Answer, ask.Breach, cancellationToken).ConfigureAwait(false);
        if (outcome.Answer is not { } answer)
        {
            End(run, ask, new(outcome.Prose ?? "", false), [], outcome.Problem, isJudged: false);
            return;
        }
        var findings = await new AskFindings(run, ask).CheckAsync(answer, cancellationToken).ConfigureAwait(false);
        if (request.Verify) findings = await VerifyAsync(run, ask, findings, cancellationToken).ConfigureAwait(false);
        var without = findings.Count(finding => finding.IsUnsupported);
        if (without == 0) question.Keep(outcome);
        if (LeafItem.IsUncertainIn(answer)) run.Session.Update(state => state with { Notes = [.. state.Notes, "the model is uncertain of its answer"] });
        var content = UnitJudge.TextOf(answer.GetProperty("content"));
        End(run, ask, new(content, without == 0), findings, without == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{without} of {findings.Count} claims have no support; the answer may rest on them"), isJudged: true);
    }

    private static void End(SessionRun run, AskPrompt ask, Answer answer, IReadOnlyList<Finding> findings, string? problem, bool isJudged)
    {
        var coverage = ask.Coverage(isJudged);
        var status = problem is null && coverage.IsFull ? SessionStatus.Complete : isJudged || answer.Content.Length > 0 ? SessionStatus.Partial : SessionStatus.Failed;
        var quotes = findings.Sum(finding => finding.Citations.Count(citation => citation.Checked is QuoteCheck.False));
        run.Session.Update(state => state with
        {
            Status = status,
            Reason = problem ?? (coverage.IsFull ? null : string.Create(CultureInfo.InvariantCulture, $"{coverage.Failed + coverage.Skipped:N0} of {coverage.Units:N0} units were not read")),
            Answer = answer with { Ready = answer.Ready && status is SessionStatus.Complete },
            Findings = findings,
            Coverage = coverage,
            Notes = quotes == 0 ? state.Notes : [.. state.Notes, string.Create(CultureInfo.InvariantCulture, $"{quotes:N0} false {(quotes == 1 ? "quote" : "quotes")}, marked")],
        });
    }

    private static async Task<IReadOnlyList<Finding>> VerifyAsync(SessionRun run, AskPrompt ask, IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        var checkedFindings = findings.ToArray();
        var claims = Enumerable.Range(0, findings.Count).Where(index => !findings[index].IsUnsupported)
            .Select(index => new ClaimCheck.Claim(findings[index].Text, ask.DataFor(findings[index].Citations.Select(citation => citation.Handle)), () => checkedFindings[index] = findings[index] with { IsUnsupported = true })).ToList();
        var note = await new ClaimCheck(run).RunAsync(claims, cancellationToken).ConfigureAwait(false);
        run.Session.Update(state => state with { Notes = [.. state.Notes, note] });
        return checkedFindings;
    }
}
