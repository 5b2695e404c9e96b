using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Models;
using Rlm.Recursion.Running.Mapping;

namespace Rlm.Recursion.Running.Leaves;

/// <summary>One question with one submitted answer: asked once more when the reply holds none, and answered from the memo where the very same was asked before.</summary>
/// <param name="run">What it works with.</param>
/// <param name="models">The model.</param>
/// <param name="purpose">For the trajectory.</param>
internal sealed class Question(SessionRun run, ModelCalls models, string purpose)
{
    /// <summary>Submitted answer, or why there is none.</summary>
    /// <param name="Answer">Null when there is none.</param>
    /// <param name="Problem">Why; null with an answer.</param>
    /// <param name="Prose">What the model said instead; null for nothing.</param>
    /// <param name="Key">For <see cref="Keep"/>.</param>
    public sealed record Outcome(JsonElement? Answer, string? Problem, string? Prose, string Key);

    /// <summary>Asks.</summary>
    /// <param name="system">The system prompt, without how to submit.</param>
    /// <param name="user">What is asked about.</param>
    /// <param name="shape">Of the tool <c>answer</c>.</param>
    /// <param name="breach">What is wrong with an answer, in words; null for nothing.</param>
    /// <param name="cancellationToken">Aborts the call.</param>
    public async Task<Outcome> AskAsync(string system, string user, JsonObject shape, Func<JsonElement, string?> breach, CancellationToken cancellationToken)
    {
        var key = KeyOf(run, models.Model.Name, purpose, system, user, shape);
        if (run.Memo.Find(key) is { } kept && ReplyJson.InText(kept) is [var earlier, ..] && breach(earlier) is null) return new(earlier, null, null, key);
        var (problem, prose) = ("", (string?)null);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var (reply, fault) = await SendAsync(Messages(system, attempt == 0 ? user : $"{user}\n\nYour earlier answer was not accepted: {UnitFrame.Data(problem)}", shape), shape, cancellationToken).ConfigureAwait(false);
            if (reply is null) return new(null, fault, prose, key);
            var submitted = ReplyJson.Of(reply, models.Model.HasTools);
            foreach (var answer in submitted)
                if (breach(answer) is not { } broken) return new(answer, null, null, key);
                else problem = broken;
            if (submitted.Count == 0) (problem, prose) = ("the answer was not submitted through the tool", string.IsNullOrWhiteSpace(reply.Text) ? prose : reply.Text);
        }
        return new(null, problem, prose, key);
    }

    /// <summary>Keeps an answer that held in all respects.</summary>
    public void Keep(Outcome outcome)
    {
        if (outcome.Answer is { } answer) run.Memo.Keep(outcome.Key, answer.GetRawText());
    }

    /// <summary>What is sent.</summary>
    public IReadOnlyList<ChatMessage> Messages(string system, string user, JsonObject shape)
    {
        var submit = models.Model.HasTools ? "Submit by one call of the tool `answer`; text outside it is not read." : $"Reply with one JSON object and nothing else, of this schema:\n{shape.ToJsonString()}";
        return [new(ChatRole.System, $"{system}\n- {submit}"), new(ChatRole.User, user)];
    }

    /// <summary>What goes with it.</summary>
    public ChatOptions Options(JsonObject shape) => AnswerTool.Options(shape, models.Model.HasTools, models.Model.OutputLimit);

    /// <summary>The memo key of a question in a scope.</summary>
    public static string KeyOf(SessionRun run, string model, string purpose, string system, string user, JsonObject shape)
    {
        var layers = run.Session.Scope.Layers.SelectMany(layer => layer.Prepend(layer.Count.ToString(CultureInfo.InvariantCulture)));
        return MemoKey.Of(["question-1", model, purpose, system, user, shape.ToJsonString(), run.Session.Scope.Boundary, .. layers]);
    }

    private async Task<(ChatResponse? Reply, string? Problem)> SendAsync(IReadOnlyList<ChatMessage> messages, JsonObject shape, CancellationToken cancellationToken)
    {
        using var clock = RunClock.Start(run, cancellationToken);
        try
        {
            return (await models.SendAsync(run.Session, purpose, messages, Options(shape), clock.Token).ConfigureAwait(false), null);
        }
        catch (BudgetSpentException refusal)
        {
            return (null, StopReasons.Of(refusal));
        }
        catch (ModelFaultException fault)
        {
            return (null, StopReasons.Of(fault));
        }
        catch (OperationCanceledException) when (clock.IsOver && !cancellationToken.IsCancellationRequested)
        {
            return (null, StopReasons.Seconds);
        }
    }
}
