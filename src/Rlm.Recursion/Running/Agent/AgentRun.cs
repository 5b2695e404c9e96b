using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Models;
using Rlm.Recursion.Running.Agent.Prompts;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running.Agent;

/// <summary>
/// A session that explores by itself: turns of a model with the context's tools, until it submits:
/// <code>
/// reply -> its calls, at once -> results -> reply … -> answer(ready: true)
/// </code>
/// Every submit is kept as the standing draft (the <c>answer</c> variable of recursive language models, section 2 of the paper), so that any limit ends the session with the best so far.
/// An answer is never read out of prose.
/// </summary>
internal sealed class AgentRun
{
    private const int CallsPerReply = 16, AtOnce = 8;

    private readonly SessionRun _run;
    private readonly RunChecks _checks;
    private readonly Children _children;
    private readonly AgentProgram? _program;
    private readonly AgentTools _tools;
    private readonly ModelCalls _model;
    private readonly ReplyReader _reader;
    private readonly Conversation _conversation;
    private bool _reminded, _askedAgain, _hasSubmitted, _isDone;

    private AgentRun(SessionRun run, IChildSessions children, RunChecks checks)
    {
        (_run, _checks) = (run, checks);
        _model = run.Models?.Root ?? throw new RecursionException("not_available", "an agent needs a model back end", "Start the server with --model.");
        _children = new(run, children);
        _program = children.Programs is { } engine ? new(run, children, engine) : null;
        _tools = new(run, _children, checks, _program);
        _reader = new(_model.Model.HasTools);
        var size = run.Context.Size(run.Session.Scope, CancellationToken.None);
        _conversation = new(AgentPrompt.System(_model.Model, _tools, run.Options), AgentPrompt.Task(run.Session, size, run.Options), _model.Model.HasTools ? null : run.Session.Id);
    }

    private Session Session => _run.Session;

    /// <summary>Runs the session to its end, which it writes into the session.</summary>
    /// <param name="run">The session.</param>
    /// <param name="children">Runs the sessions below it.</param>
    /// <param name="checks">For what is submitted.</param>
    /// <param name="cancellationToken">Ends it at once; the draft stays in the session, whose end is then the caller's to write.</param>
    /// <exception cref="RecursionException">It cannot begin: no model, or a scope that is wrong.</exception>
    public static Task RunAsync(SessionRun run, IChildSessions children, RunChecks checks, CancellationToken cancellationToken) =>
        new AgentRun(run, children, checks).RunAsync(cancellationToken);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var time = TimeLeft();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        Session.Ledger.KeepBack(LastCall());
        try
        {
            for (var turn = 1; !Session.State.IsEnded; turn++)
                if (WhyClose(turn) is { } why) await CloseAsync(why, either.Token).ConfigureAwait(false);
                else if (await TurnAsync(either.Token).ConfigureAwait(false)) await FinishAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            End(false, "budget_spent: the seconds are over", cancellationToken);
        }
        catch (ModelFaultException fault)
        {
            End(false, $"the model failed ({fault.Kind}): {fault.Message}", cancellationToken);
        }
        catch (BudgetSpentException spent)
        {
            End(false, $"budget_spent: {spent.Message}", cancellationToken);
        }
        finally
        {
            Session.Ledger.ClaimKeptBack();
        }
    }

    // Ends even a request that is under way; the last request is asked for long before, at 80 %.
    private CancellationTokenSource TimeLeft()
    {
        return Session.Ledger.SecondsLeft is { } left ? new(TimeSpan.FromSeconds(Math.Min(left, 1_000_000)), _run.Options.Time) : new();
    }

    // What the last request may cost at worst, so that other calls never eat it up: a short conversation and a short reply.
    private CallCost LastCall() => _model.Worst([.. _conversation.Messages, new(ChatRole.User, new string('x', 8_000))], Options(last: true));

    private string? WhyClose(int turn)
    {
        if (turn >= _run.Options.AgentTurns) return string.Create(CultureInfo.InvariantCulture, $"{_run.Options.AgentTurns} turns are over");
        if (Degradation.IsDue(Degradation.NoNewChildren, Session.Ledger.Used)) return "80 % of a limit is used";
        return Session.Ledger.WhyNot(_model.Worst(_conversation.Messages, Options(last: false)))?.Message;
    }

    // Whether the answer was handed in.
    private async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        var response = await _model.SendAsync(Session, "turn", _conversation.Messages, Options(last: false), cancellationToken).ConfigureAwait(false);
        var (message, requests) = _reader.Read(response);
        _conversation.Add(message);
        if (requests.Count == 0) TakeProse(response.Text, cancellationToken);
        else await TakeCallsAsync(requests, cancellationToken).ConfigureAwait(false);
        return _isDone;
    }

    private async Task CloseAsync(string why, CancellationToken cancellationToken)
    {
        Session.TakeStep(Degradation.NoNewChildren);
        Session.Ledger.ClaimKeptBack();
        _conversation.Say(AgentPrompt.Close(why, _model.Model.HasTools));
        for (var room = _conversation.Characters; room > 1_000 && DoesNotFit(); room /= 2) _conversation.Shorten(room, keepLast: false);
        var response = await _model.SendAsync(Session, "turn", _conversation.Messages, Options(last: true), cancellationToken).ConfigureAwait(false);
        foreach (var request in _reader.Read(response).Requests.Where(request => request.Name == AgentTools.Answer)) Submit(request, alone: true, last: true, cancellationToken);
        if (_isDone) await FinishAsync(cancellationToken).ConfigureAwait(false);
        if (!_hasSubmitted) KeepProse(response.Text);
        End(false, why, cancellationToken);
    }

    // A ready answer is complete only as far as its claims have support.
    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (Session.Request.Verify) await AgentClaims.VerifyAsync(_run, cancellationToken).ConfigureAwait(false);
        var findings = Session.State.Findings;
        var without = findings.Count(finding => finding.IsUnsupported);
        End(without == 0, without == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{without} of {findings.Count} claims have no support; the answer may rest on them"), cancellationToken);
    }

    private bool DoesNotFit() => Session.Ledger.WhyNot(_model.Worst(_conversation.Messages, Options(last: true))) is not null;

    private ChatOptions Options(bool last)
    {
        var limit = last ? Math.Min(4_096, _model.Model.OutputLimit) : _model.Model.OutputLimit;
        return new() { MaxOutputTokens = limit, Tools = !_model.Model.HasTools ? null : last ? [_tools.Submit] : [.. _tools.Declarations()] };
    }

    private void TakeProse(string text, CancellationToken cancellationToken)
    {
        KeepProse(text);
        if (_reminded) End(false, "the model ended without submitting an answer", cancellationToken);
        else _conversation.Say(AgentPrompt.Reminder(_model.Model.HasTools));
        _reminded = true;
    }

    // Prose is better than nothing as a draft, and never replaces what was submitted as one, or written as one by a program.
    private void KeepProse(string text)
    {
        if (!_hasSubmitted && _program is not { HasDraft: true } && !string.IsNullOrWhiteSpace(text)) Session.Update(state => state with { Answer = new(text, false) });
    }

    private async Task TakeCallsAsync(IReadOnlyList<ToolRequest> requests, CancellationToken cancellationToken)
    {
        var replies = new ToolReply[requests.Count];
        var reads = Enumerable.Range(0, requests.Count).Where(at => requests[at].Name != AgentTools.Answer).ToList();
        foreach (var at in reads.Skip(CallsPerReply)) replies[at] = new(requests[at], $"bad_argument: at most {CallsPerReply} calls in one reply. Ask again.", true);
        _children.BeginLevel();
        await Parallel.ForEachAsync(reads.Take(CallsPerReply), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (at, token) => replies[at] = await _tools.RunAsync(requests[at], token).ConfigureAwait(false)).ConfigureAwait(false);
        _children.EndLevel();
        for (var at = 0; at < requests.Count; at++)
            if (requests[at].Name == AgentTools.Answer) replies[at] = Submit(requests[at], alone: reads.Count == 0, last: false, cancellationToken);
        _conversation.Add(replies);
    }

    private ToolReply Submit(ToolRequest request, bool alone, bool last, CancellationToken cancellationToken)
    {
        if (_isDone) return new(request, "bad_argument: the answer of this session was handed in before. Nothing more is taken.", true);
        var submission = request.Problem is { } problem
            ? new("", false, [], new RecursionException("bad_argument", problem, "Call answer again with a JSON object."))
            : Submission.Read(request.Arguments, Session.Request.Schema, _checks.Schema);
        var findings = _checks.Citations(_run.Context, Session.Scope, submission.Findings, cancellationToken);
        if (submission.Content.Length > 0)
        {
            _hasSubmitted = true;
            Session.Update(state => state with { Answer = new(submission.Content, false), Findings = submission.Problem is null ? findings : state.Findings });
        }
        var text = Verdict(submission, findings, alone, last, cancellationToken);
        Session.Trajectory.Append(new(Session.Id, 0, "submit")
        {
            At = _run.Options.Time.GetUtcNow(), Tool = AgentTools.Answer, Arguments = JsonSerializer.SerializeToElement(request.Arguments), Result = text,
        });
        return new(request, text, submission.Problem is not null);
    }

    private string Verdict(Submission submission, IReadOnlyList<Finding> findings, bool alone, bool last, CancellationToken cancellationToken)
    {
        if (submission.Problem is { } problem) return $"{problem.Code}: {problem.Message}. {problem.Next}";
        var unsupported = FalseQuotes.Told(_run, findings, cancellationToken);
        if (!submission.Ready) return $"Kept as draft.{unsupported}";
        // What was written before the results of the same reply were there cannot rest on them.
        if (!alone && !last) return $"Kept as draft, not as the answer: the other calls of the same reply had not come back when it was written.{unsupported} Submit again.";
        if (unsupported.Length > 0 && !_askedAgain && !last)
        {
            _askedAgain = true;
            return $"Kept as draft.{unsupported} Correct or drop them, and submit again: what still has no true quote then is reported as unsupported.";
        }
        _isDone = true;
        return "Done.";
    }

    private void End(bool isReady, string? reason, CancellationToken cancellationToken)
    {
        var coverage = AgentCoverage.Of(_run, _tools.Seen, _children.Ended, cancellationToken);
        Session.Update(state => state with
        {
            Status = isReady ? SessionStatus.Complete : state.Answer.Content.Length > 0 ? SessionStatus.Partial : SessionStatus.Failed,
            Reason = reason,
            Answer = state.Answer with { Ready = isReady },
            Coverage = coverage,
        });
    }
}
