using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Sessions;

/// <summary>A session that is at work in this process: its state, its part of the budget and its trajectory. Safe to use from many threads.</summary>
public sealed class Session
{
    private readonly Lock _gate = new();
    private readonly Action<SessionState> _save;
    private SessionState _state;

    internal Session(SessionState state, Ledger ledger, TrajectoryWriter trajectory, Action<SessionState> save) =>
        (_state, Ledger, Trajectory, _save) = (state, ledger, trajectory, save);

    /// <summary>Its id.</summary>
    public string Id => _state.Id;

    /// <summary>What was asked.</summary>
    public RecurseRequest Request => _state.Request;

    /// <summary>What it may look at.</summary>
    public ContextScope Scope => _state.Scope;

    /// <summary>Its part of the budget.</summary>
    public Ledger Ledger { get; }

    /// <summary>The record of what it does.</summary>
    public TrajectoryWriter Trajectory { get; }

    /// <summary>All that is known of it now.</summary>
    public SessionState State
    {
        get
        {
            lock (_gate) return _state with { Spent = Ledger.Spent, Seconds = _state.IsEnded ? _state.Seconds : Ledger.Seconds };
        }
    }

    /// <summary>Changes the state; it is on disk when this returns. What has ended does not change again.</summary>
    public void Update(Func<SessionState, SessionState> change)
    {
        lock (_gate)
        {
            if (_state.IsEnded) return;
            _state = change(_state with { Spent = Ledger.Spent, Seconds = Ledger.Seconds });
            _save(_state);
            if (_state.IsEnded) Ledger.ReleaseKeptBack();
        }
    }

    /// <summary>Notes a degradation, once.</summary>
    public void TakeStep(string step) => Update(state => state.Steps.Contains(step) ? state : state with { Steps = [.. state.Steps, step] });
}
