using System.Globalization;

namespace Rlm.Recursion.Budget;

/// <summary>
/// What a tree of sessions has spent and reserved, under one lock for the whole tree. A branch is a ledger with lower limits of its own that draws on its parent's too:
/// <code>
/// reserve the worst case -> send -> settle with what it was     (or release when nothing was sent)
/// </code>
/// Spent and reserved together never exceed a limit at any level, whatever runs at once. Safe to use from many threads.
/// </summary>
public sealed class Ledger
{
    private readonly Lock _gate;
    private readonly Ledger? _parent;
    private readonly TimeProvider _time;
    private readonly long _started;
    private CallCost _spent, _reserved, _keptBack;
    private double _secondsBefore;
    private string? _stopped;

    /// <summary>The ledger of a root session.</summary>
    /// <param name="limits">What the whole tree may use.</param>
    /// <param name="time">The clock for the limit of seconds.</param>
    /// <param name="before">What was spent before a restart.</param>
    /// <param name="secondsBefore">How long it ran before a restart.</param>
    public Ledger(Limits limits, TimeProvider time, CallCost before = default, double secondsBefore = 0) : this(limits, time, null, new())
    {
        (_spent, _secondsBefore) = (before, secondsBefore);
    }

    private Ledger(Limits limits, TimeProvider time, Ledger? parent, Lock gate) => (Limits, _time, _parent, _gate, _started) = (limits, time, parent, gate, time.GetTimestamp());

    /// <summary>What may be used at this level.</summary>
    public Limits Limits { get; }

    /// <summary>What this branch has spent, its own branches' included.</summary>
    public CallCost Spent
    {
        get
        {
            lock (_gate) return _spent;
        }
    }

    /// <summary>What calls under way may still cost.</summary>
    public CallCost Reserved
    {
        get
        {
            lock (_gate) return _reserved;
        }
    }

    /// <summary>Wall time since the start.</summary>
    public double Seconds => _secondsBefore + _time.GetElapsedTime(_started).TotalSeconds;

    /// <summary>How much of the limit that is nearest to its end is used, spent and reserved, here or above: 0 to 1 (and more after an overrun).</summary>
    public double Used
    {
        get
        {
            lock (_gate)
            {
                var most = 0.0;
                for (var level = this; level is not null; level = level._parent) most = Math.Max(most, level.UsedHere());
                return most;
            }
        }
    }

    /// <summary>A branch with limits of its own, never beyond this one's.</summary>
    public Ledger Branch(Limits limits) => new(limits, _time, this, _gate);

    /// <summary>Sets something aside from all later reservations until it is claimed: the last merge of a run.</summary>
    /// <returns>False when there is no room for it.</returns>
    public bool KeepBack(CallCost cost)
    {
        lock (_gate)
        {
            if (Refusal(cost) is not null) return false;
            _keptBack += cost;
            return true;
        }
    }

    /// <summary>Gives back what was kept back.</summary>
    public void ClaimKeptBack()
    {
        lock (_gate) _keptBack = default;
    }

    /// <summary>Sets the worst case of a call aside at every level up to the root, or throws and sets nothing aside.</summary>
    /// <exception cref="BudgetSpentException">A limit has no room for it.</exception>
    public Reservation Reserve(CallCost worst)
    {
        lock (_gate)
        {
            if (Refusal(worst) is { } refusal) throw refusal;
            for (var level = this; level is not null; level = level._parent) level._reserved += worst;
            return new(this, worst);
        }
    }

    /// <summary>Why so much cannot be reserved now; null when it can.</summary>
    public BudgetSpentException? WhyNot(CallCost worst)
    {
        lock (_gate) return Refusal(worst);
    }

    /// <summary>Ends a reservation with what the call was; a cost above what was reserved is booked in full and stops the tree.</summary>
    internal void Settle(CallCost reserved, CallCost actual)
    {
        lock (_gate)
        {
            var overrun = actual.Calls > reserved.Calls || actual.Tokens > reserved.Tokens || actual.Usd > reserved.Usd;
            for (var level = this; level is not null; level = level._parent)
            {
                level._reserved -= reserved;
                level._spent += actual;
                if (overrun && level._parent is null) level._stopped = string.Create(CultureInfo.InvariantCulture, $"a call cost {actual.Tokens:N0} tokens, above the {reserved.Tokens:N0} reserved for it");
            }
        }
    }

    private BudgetSpentException? Refusal(CallCost worst)
    {
        for (var level = this; level is not null; level = level._parent)
            if (level.RefusalHere(worst) is { } refusal) return refusal;
        return null;
    }

    private BudgetSpentException? RefusalHere(CallCost worst)
    {
        if (_stopped is not null) return new("overrun", _stopped);
        var after = _spent + _reserved + _keptBack + worst;
        if (after.Calls > Limits.Calls) return Spend("calls", _spent.Calls, _reserved.Calls + _keptBack.Calls, worst.Calls, Limits.Calls.Value);
        if (after.Tokens > Limits.Tokens) return Spend("tokens", _spent.Tokens, _reserved.Tokens + _keptBack.Tokens, worst.Tokens, Limits.Tokens.Value);
        if (after.Usd > Limits.Usd) return new("usd", string.Create(CultureInfo.InvariantCulture, $"{_spent.Usd:0.00##} of {Limits.Usd:0.00##} USD spent, and the next call may cost {worst.Usd:0.00##}"));
        if (Limits.Seconds is { } seconds && Seconds >= seconds) return new("seconds", string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} seconds are over"));
        return null;
    }

    private static BudgetSpentException Spend(string kind, long spent, long reserved, long next, long limit) =>
        new(kind, string.Create(CultureInfo.InvariantCulture, $"{spent:N0} of {limit:N0} {kind} spent, {reserved:N0} reserved, and the next call may take {next:N0}"));

    private double UsedHere()
    {
        if (_stopped is not null) return 1;
        var now = _spent + _reserved;
        var most = 0.0;
        void See(double part, double? whole) => most = Math.Max(most, whole is { } limit ? (limit > 0 ? part / limit : 1) : 0);
        See(now.Calls, Limits.Calls);
        See(now.Tokens, Limits.Tokens);
        See((double)now.Usd, (double?)Limits.Usd);
        See(Seconds, Limits.Seconds);
        return most;
    }
}
