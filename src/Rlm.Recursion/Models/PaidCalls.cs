using System.Globalization;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Running.Leaves;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Models;

/// <summary>
/// Calls that are paid for. Each request waits for its place first, so that only what is under way is reserved, and each try counts as a call:
/// <code>
/// place -> shared back-off -> reserve -> send -> settle -> trajectory     (busy or unavailable: again, at most twice)
/// </code>
/// </summary>
/// <param name="model">The model.</param>
/// <param name="traffic">Shared by all models of a run.</param>
/// <param name="time">The clock.</param>
/// <param name="mask">The redactor that trajectories go through, so that a request that holds masked text is known again in a replay; null for none.</param>
public sealed class PaidCalls(Model model, Traffic traffic, TimeProvider time, Func<string, string>? mask = null) : ModelCalls
{
    private const int MostTries = 3;

    /// <inheritdoc/>
    public override Model Model => model;

    /// <inheritdoc/>
    public override CallCost Worst(IReadOnlyList<ChatMessage> messages, ChatOptions options) => WorstCase.Of(model, messages, options);

    /// <inheritdoc/>
    public override async Task<ChatResponse> SendAsync(Session session, string purpose, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        var call = new CallRecord(session, purpose, model.Name, RequestDigest.Of(messages, options, mask), Shown(purpose, messages), time);
        var sent = options.Clone();
        sent.MaxOutputTokens = WorstCase.Output(model, options);
        using var place = await traffic.EnterAsync(cancellationToken).ConfigureAwait(false);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await WaitForTurnAsync(session, cancellationToken).ConfigureAwait(false);
                return await TryAsync(call, messages, sent, cancellationToken).ConfigureAwait(false);
            }
            catch (ModelFaultException fault) when (tries < MostTries && fault.Kind is ModelFaultKind.Busy or ModelFaultKind.Unavailable)
            {
                var wait = traffic.Backoff(tries, fault.RetryAfter);
                if (session.Ledger.SecondsLeft is { } left && wait.TotalSeconds >= left)
                {
                    var told = Told(fault, wait, left);
                    call.Failed(told);
                    throw told;
                }
                // Being busy concerns the account and so the whole tree; a server's failure, mostly this one request.
                if (fault.Kind == ModelFaultKind.Busy) traffic.HoldBack(wait);
                else await Waits.ForAsync(wait, time, cancellationToken).ConfigureAwait(false);
            }
            catch (ModelFaultException fault)
            {
                call.Failed(fault);
                throw;
            }
            catch (BudgetSpentException spent)
            {
                call.Refused(spent);
                throw;
            }
        }
    }

    // What an agent reads comes from its tools, which say so themselves.
    private static IReadOnlyList<string> Shown(string purpose, IReadOnlyList<ChatMessage> messages) =>
        purpose == "turn" ? [] : [.. messages.Where(message => message.Role == ChatRole.User).SelectMany(message => UnitFrame.HandlesIn(message.Text)).Distinct(StringComparer.Ordinal)];

    private async Task WaitForTurnAsync(Session session, CancellationToken cancellationToken)
    {
        if (traffic.Pause() is var pause && session.Ledger.SecondsLeft is { } left && pause > TimeSpan.Zero && pause.TotalSeconds >= left)
            throw new ModelFaultException(ModelFaultKind.Busy, string.Create(CultureInfo.InvariantCulture, $"{model.Name} wants no request for {pause.TotalSeconds:0.#} s, and {Math.Max(0, left):0.#} s are left."));
        await traffic.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<ChatResponse> TryAsync(CallRecord call, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var worst = WorstCase.Of(model, messages, options);
        RefuseUnknownPrice(call.Session.Ledger);
        var (reservation, sending) = await ReserveAsync(call.Session.Ledger, worst, cancellationToken).ConfigureAwait(false);
        using var ending = sending;
        using var settling = reservation;
        var timeLimit = call.Session.Ledger.SecondsLeft is { } left && left < model.CallTime.TotalSeconds ? TimeSpan.FromSeconds(Math.Max(0, left)) : model.CallTime;
        using var late = new CancellationTokenSource(timeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using var span = Spans.OfModel(model.Name);
        var started = time.GetTimestamp();
        try
        {
            // Some clients look at the token only now and then; the wait for them ends with it all the same.
            var response = await model.Client.GetResponseAsync(messages, options, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            var cost = ActualCost.Of(model, response.Usage, worst);
            reservation.Settle(cost);
            Spans.Note(span, cost, null);
            call.Answered(response, cost, time.GetElapsedTime(started));
            return response;
        }
        catch (Exception exception)
        {
            if (exception is OperationCanceledException && cancellationToken.IsCancellationRequested)
            {
                reservation.Settle(worst);
                Spans.Note(span, worst, "cancelled");
                call.Sent("cancelled", worst, time.GetElapsedTime(started));
                throw;
            }
            var fault = Faults.Of(exception, model.Name, late.IsCancellationRequested ? timeLimit : null);
            var cost = fault.MayHaveCost ? worst : new CallCost(1, 0, 0, 0);
            reservation.Settle(cost);
            Spans.Note(span, cost, fault.Kind.ToString());
            call.Sent($"{fault.Kind}: {fault.Message}", cost, time.GetElapsedTime(started));
            throw fault;
        }
    }

    // Calls under way hold their worst case and mostly give much of it back. Near the end of a budget this one waits for that, instead of failing where there is room.
    private async Task<(Reservation Reservation, IDisposable Sending)> ReserveAsync(Ledger ledger, CallCost worst, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (traffic.TryBegin(() => ledger.Reserve(worst), out var next) is { } begun) return begun;
            await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // MoneyLimit says so before a run begins; whatever went round it ends here.
    private void RefuseUnknownPrice(Ledger ledger)
    {
        if (model.Price is null && ledger.Limits.Usd is { } usd)
            throw new BudgetSpentException("usd", string.Create(CultureInfo.InvariantCulture, $"the limit is {usd:0.00##} USD, and the price of {model.Name} is not known"));
    }

    private static ModelFaultException Told(ModelFaultException fault, TimeSpan wait, double left) =>
        new(fault.Kind, string.Create(CultureInfo.InvariantCulture, $"{fault.Message} Another try would wait {wait.TotalSeconds:0.#} s, and {Math.Max(0, left):0.#} s are left."), fault) { RetryAfter = fault.RetryAfter };
}
