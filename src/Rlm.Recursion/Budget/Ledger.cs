using System.Globalization;

namespace Rlm.Recursion.Budget;

/// <summary>
/// What a tree of sessions has spent and reserved, under one lock for the whole tree. A branch is a ledger with lower limits of its own that draws on its parent's too:
/// <code>
/// reserve the worst case -> send -> settle with what it was     (or release when nothing was sent)
/// </code>
/// Spent, reserved and kept back together never exceed a limit at any level, whatever runs at once. Safe to use from many threads.
/// </summary>
public sealed class Ledger
{
    private readonly Lock _gate;
    private readonly Ledger? _parent;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly double _secondsBefore;
    private CallCost _spent, _reserved;
    // What is set aside here, by this ledger and by its branches; and the part of it that this very ledger set aside.
    private CallCost _keptBack, _ownKeptBack;
    private bool _isClaimed;
    private string? _stopped;

    /// <summary>The ledger of a root session.</summary>
    /// <param name="limits">What the whole tree may use.</param>
    /// <param name="time">The clock for the limit of seconds.</param>
    /// <param name="before">What was spent before a restart.</param>
    /// <param name="secondsBefore">How long it ran before a restart.</param>
    public Ledger(Limits limits, TimeProvider time, CallCost before = default, double secondsBefore = 0) : this(limits, time, null, new(), before, secondsBefore)
    {
    }

    private Ledger(Limits limits, TimeProvider time, Ledger? parent, Lock gate, CallCost before, double secondsBefore) =>
        (Limits, _time, _parent, _gate, _started, _spent, _secondsBefore) = (limits, time, parent, gate, time.GetTimestamp(), before, secondsBefore);

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

    /// <summary>What is set aside for later, here and in branches.</summary>
    public CallCost KeptBack
    {
        get
        {
            lock (_gate) return _keptBack;
        }
    }

    /// <summary>Spent, reserved and kept back at one moment: what never exceeds a limit.</summary>
    internal CallCost Held
    {
        get
        {
            lock (_gate) return _spent + _reserved + _keptBack;
        }
    }

    /// <summary>Wall time since this ledger began, with what ran before a restart.</summary>
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

    /// <summary>Seconds until the nearest limit of time, here or above; never negative; null where there is none.</summary>
    public double? SecondsLeft
    {
        get
        {
            double? least = null;
            for (var level = this; level is not null; level = level._parent)
                if (level.Limits.Seconds - level.Seconds is { } left) least = Math.Min(least ?? double.PositiveInfinity, Math.Max(0, left));
            return least;
        }
    }

    /// <summary>A branch with limits of its own, never beyond this one's.</summary>
    /// <param name="limits">Its limits; seconds count from now.</param>
    /// <param name="before">What it had spent before a restart, which the ledgers above it know already.</param>
    /// <param name="secondsBefore">How long it ran before a restart.</param>
    public Ledger Branch(Limits limits, CallCost before = default, double secondsBefore = 0) => new(limits, _time, this, _gate, before, secondsBefore);

    /// <summary>Sets something aside from all later reservations of the tree until it is claimed or released: the last merge of a run. Adds to what was kept back before.</summary>
    /// <returns>False when there is no room for it; nothing is set aside then.</returns>
    public bool KeepBack(CallCost cost)
    {
        lock (_gate)
        {
            if (Refusal(cost, default) is not null) return false;
            Keep(cost);
            return true;
        }
    }

    /// <summary>From now on reservations made through this very ledger may use what it kept back; nobody else can, so that no one takes it between this call and the next.</summary>
    public void ClaimKeptBack()
    {
        lock (_gate) _isClaimed = true;
    }

    /// <summary>Frees what this ledger kept back and has not used.</summary>
    public void ReleaseKeptBack()
    {
        lock (_gate)
        {
            Keep(default(CallCost) - _ownKeptBack);
            _isClaimed = false;
        }
    }

    /// <summary>Sets the worst case of a call aside at every level up to the root, or throws and sets nothing aside.</summary>
    /// <exception cref="BudgetSpentException">A limit has no room for it.</exception>
    public Reservation Reserve(CallCost worst)
    {
        lock (_gate)
        {
            if (Refusal(worst, Claimed(worst)) is { } refusal) throw refusal;
            Keep(default(CallCost) - Claimed(worst));
            for (var level = this; level is not null; level = level._parent) level._reserved += worst;
            return new(this, worst);
        }
    }

    /// <summary>Books what has been used already, as much of it as there is room for: what comes after it finds the budget spent.</summary>
    /// <param name="tokens">Input tokens, without a call.</param>
    public void Book(long tokens)
    {
        lock (_gate)
        {
            var room = tokens;
            for (var level = this; level is not null; level = level._parent)
                if (level.Limits.Tokens is { } most) room = Math.Min(room, Math.Max(0, most - (level._spent + level._reserved + level._keptBack).Tokens));
            for (var level = this; level is not null; level = level._parent) level._spent += new CallCost(0, room, 0, 0);
        }
    }

    /// <summary>Why so much cannot be reserved now; null when it can.</summary>
    public BudgetSpentException? WhyNot(CallCost worst)
    {
        lock (_gate) return Refusal(worst, Claimed(worst));
    }

    /// <summary>Ends a reservation with what the call was; a cost above what was reserved is booked in full and stops the tree.</summary>
    internal void Settle(CallCost reserved, CallCost actual)
    {
        lock (_gate)
        {
            for (var level = this; level is not null; level = level._parent)
            {
                level._reserved -= reserved;
                level._spent += actual;
                if (level._parent is null) level._stopped ??= Overrun(reserved, actual);
            }
        }
    }

    private static string? Overrun(CallCost reserved, CallCost actual) =>
        actual.Tokens > reserved.Tokens ? string.Create(CultureInfo.InvariantCulture, $"a call cost {actual.Tokens:N0} tokens, above the {reserved.Tokens:N0} reserved for it")
        : actual.Usd > reserved.Usd ? string.Create(CultureInfo.InvariantCulture, $"a call cost {actual.Usd:0.00##} USD, above the {reserved.Usd:0.00##} reserved for it")
        : actual.Calls > reserved.Calls ? string.Create(CultureInfo.InvariantCulture, $"{actual.Calls:N0} requests were sent where {reserved.Calls:N0} were reserved")
        : null;

    private void Keep(CallCost cost)
    {
        _ownKeptBack += cost;
        for (var level = this; level is not null; level = level._parent) level._keptBack += cost;
    }

    // What of a cost the claimed part covers, kind by kind.
    private CallCost Claimed(CallCost worst) =>
        !_isClaimed ? default : new(Math.Min(_ownKeptBack.Calls, worst.Calls), Math.Min(_ownKeptBack.InputTokens, worst.InputTokens), Math.Min(_ownKeptBack.OutputTokens, worst.OutputTokens), Math.Min(_ownKeptBack.Usd, worst.Usd));

    private BudgetSpentException? Refusal(CallCost worst, CallCost claimed)
    {
        if (worst.IsAbsurd) return new("tokens", "the next call's worst case is no number that a budget can hold");
        var fresh = worst - claimed;
        for (var level = this; level is not null; level = level._parent)
            if (level.RefusalHere(fresh, worst) is { } refusal) return refusal;
        return null;
    }

    private BudgetSpentException? RefusalHere(CallCost fresh, CallCost worst)
    {
        if (_stopped is not null) return new("overrun", _stopped);
        var held = _reserved + _keptBack;
        var after = _spent + held + fresh;
        if (after.Calls > Limits.Calls) return Spend("calls", _spent.Calls, held.Calls, worst.Calls, Limits.Calls.Value);
        if (after.Tokens > Limits.Tokens) return Spend("tokens", _spent.Tokens, held.Tokens, worst.Tokens, Limits.Tokens.Value);
        if (after.Usd > Limits.Usd) return new("usd", string.Create(CultureInfo.InvariantCulture, $"{_spent.Usd:0.00##} of {Limits.Usd:0.00##} USD spent, {held.Usd:0.00##} reserved, and the next call may cost {worst.Usd:0.00##}"));
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
