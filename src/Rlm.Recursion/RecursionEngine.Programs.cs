using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Programs;
using Rlm.Recursion.Running;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion;

/// <summary>Programs of sessions: a session that a client opened for them, or any other that has not ended.</summary>
public sealed partial class RecursionEngine
{
    private const string ProgramMode = "program";
    private const int RecordedOutput = 4_000;

    /// <summary>What programs run on. The first look tries it, which takes the time of starting a worker.</summary>
    public EngineReport ProgramEngine => _programs.Engine;

    /// <summary>Runs a program to its end on the calling thread.</summary>
    /// <param name="id">The session whose variables, scope and budget it has; null opens one under the operator's ceilings.</param>
    /// <param name="code">Python.</param>
    /// <param name="time">Wall time, without that of host calls.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The session as it stands, and what came of the program.</returns>
    /// <exception cref="RecursionException"><c>unknown_session</c>, one that has ended, or <c>not_available</c>: no engine works here.</exception>
    public (SessionState Session, ProgramReport Report) RunProgram(string? id, string code, TimeSpan time, Caller caller, CancellationToken cancellationToken)
    {
        var fresh = id is null ? NewProgram(caller, cancellationToken) : null;
        using var turn = _programs.Enter(fresh?.Id ?? Find(id!).Id, cancellationToken);
        var live = fresh is null ? LiveFor(id!, caller) : OpenProgram(fresh, caller);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(live.Stop.Token, cancellationToken);
        try
        {
            var report = RunProgram(RunOf(live), code, time, stop.Token);
            return (live.Session.State, report);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RecursionException("not_available", $"session {live.Session.Id} was cancelled, or the server ends", "Call without session for a new one.");
        }
        finally
        {
            Leave(live);
        }
    }

    private ProgramReport RunProgram(SessionRun run, string code, TimeSpan time, CancellationToken cancellationToken)
    {
        var report = _programs.Run(run, this, code, time, cancellationToken);
        run.Session.Trajectory.Append(new(run.Session.Id, 0, report.Error is null ? "tool" : "error")
        {
            At = _options.Time.GetUtcNow(), Tool = ProgramMode, Arguments = JsonSerializer.SerializeToElement(new JsonObject { ["code"] = code }),
            Result = report.Stdout.Length <= RecordedOutput ? report.Stdout : report.Stdout[..RecordedOutput] + "…", Note = report.Error is { } error ? $"{error.Type}: {error.Message}" : null, Seconds = report.Seconds,
        });
        // The draft survives whatever ends the session; an agent still hands its answer in by itself.
        if (report.Answer is { Content.Length: > 0 } draft && draft != run.Session.State.Answer)
            run.Session.Update(state => state with { Answer = draft with { Ready = draft.Ready && state.Mode == ProgramMode } });
        return report;
    }

    /// <inheritdoc/>
    EngineReport? IChildSessions.Programs => _context.Functions.Count > 0 && _programs.Engine is { Name: not null } engine ? engine : null;

    /// <inheritdoc/>
    ProgramReport IChildSessions.RunProgram(SessionRun run, string code, TimeSpan time, CancellationToken cancellationToken)
    {
        using var turn = _programs.Enter(run.Session.Id, cancellationToken);
        return RunProgram(run, code, time, cancellationToken);
    }

    private SessionState NewProgram(Caller caller, CancellationToken cancellationToken)
    {
        var scope = _boundaries.Place([], _context, cancellationToken);
        var state = new SessionState
        {
            Id = SessionStore.NewId(), Request = new(ProgramMode) { Mode = ProgramMode }, Mode = ProgramMode, Scope = scope, BackEnd = _boundaries.CallerOf(scope, caller).BackEnd, Limits = _options.Limits, Started = _options.Time.GetUtcNow(),
        };
        TrimOnce();
        return state;
    }

    private LiveSession LiveFor(string id, Caller caller)
    {
        var state = Find(id);
        if (state.IsEnded) throw new RecursionException("bad_argument", $"session {id} has ended", "Call without session for a new one.");
        if (state.Mode == ProgramMode) return OpenProgram(state, caller);
        lock (_hosting)
        {
            var live = _live.Find(id) ?? Open(id) ?? throw new RecursionException("not_available", $"session {id} is not at work in this process", "Call without session for a new one.");
            return live;
        }
    }

    // Its seconds count only while a program runs: the ledger is made for one run, with what was spent before.
    private LiveSession OpenProgram(SessionState state, Caller caller)
    {
        _programs.Hold(state.Id);
        _boundaries.RequireCurrent(state.Scope);
        caller = _boundaries.CallerOf(state.Scope, caller);
        // The operator of this process may allow less than that of the one before.
        state = (_store.Load(state.Id) ?? state) with { BackEnd = caller.BackEnd, Limits = _options.Limits.Lowered(state.Limits, out _) };
        var tree = TreeOf(state, caller);
        var live = Adopt(state with { Limits = tree.Ledger.Limits }, null, tree, tree.Ledger, _shutdown.Token, isAtWork: true);
        if (_store.Load(state.Id) is null) _store.Save(live.Session.State);
        return live;
    }

    private void Leave(LiveSession live)
    {
        if (live.Session.State.Mode != ProgramMode) return;
        var spent = live.Session.Ledger.Spent;
        if (!spent.Equals(_store.Load(live.Session.Id)?.Spent)) live.Session.Update(state => state);
        live.IsAtWork = false;
        _live.Drop(live);
        live.Stop.Dispose();
    }
}
