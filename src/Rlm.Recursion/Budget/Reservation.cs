namespace Rlm.Recursion.Budget;

/// <summary>The worst case of one call, set aside until it is settled. Disposing one that was not settled counts it as spent in full: a call that was sent may have cost all of it.</summary>
public sealed class Reservation : IDisposable
{
    private readonly Ledger _ledger;
    private readonly CallCost _worst;
    private int _ended;

    internal Reservation(Ledger ledger, CallCost worst) => (_ledger, _worst) = (ledger, worst);

    /// <summary>What was set aside.</summary>
    public CallCost Worst => _worst;

    /// <summary>
    /// Books what the call cost and frees the rest. Once; later calls do nothing. What no call can cost (negative, or ten million tokens and more where less was reserved) is
    /// a lie or a fault of the service and counts as all that was reserved; a plausible cost above that is booked in full and stops the tree.
    /// </summary>
    public void Settle(CallCost actual)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0) _ledger.Settle(_worst, IsPlausible(actual) ? actual : _worst);
    }

    /// <summary>Frees all of it: nothing was sent.</summary>
    public void Release() => Settle(default);

    /// <inheritdoc/>
    public void Dispose() => Settle(_worst);

    private bool IsPlausible(CallCost actual) => !actual.IsAbsurd && (actual.Tokens < 10_000_000 || actual.Tokens <= _worst.Tokens);
}
