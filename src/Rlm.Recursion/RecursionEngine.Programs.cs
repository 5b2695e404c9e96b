using System.Collections.Concurrent;
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

    private readonly ConcurrentDictionary<string, SessionJobs> _jobs = new(StringComparer.Ordinal);
    private const int RecordedOutput = 4_000, MostJobs = 64, MostUntaken = 512;

    /// <summary>What programs run on. The first look tries it, which takes the time of starting a worker.</summary>
    public EngineReport ProgramEngine => _programs.Engine;

    /// <summary>Begins a program; the parameters are those of <see cref="RunProgram(string?, string, TimeSpan, Caller, CancellationToken)"/>.</summary>
    /// <exception cref="RecursionException"><c>unknown_session</c>, or one that has ended. One whose programs are still at work lets this one wait for its turn.</exception>
    public ProgramJob BeginProgram(string? id, string code, TimeSpan time, Caller caller, CancellationToken cancellationToken)
    {
        var fresh = id is null ? NewProgram(caller, cancellationToken) : null;
        if (id is not null && Find(id).IsEnded) throw HasEnded(id);
        if (_jobs.Count >= MostJobs)
            foreach (var (known, ended) in _jobs.Where(pair => pair.Value.IsDone || (_jobs.Count >= MostUntaken && pair.Value.IsIdle))) _jobs.TryRemove(KeyValuePair.Create(known, ended));
        var session = fresh?.Id ?? id!;
        var place = _programs.Queue(session);
        var job = new ProgramJob(session, token => RunProgram(fresh, place, code, time, caller, token));
        _jobs.GetOrAdd(session, _ => new()).Add(job);
        return job;
    }

    /// <summary>Of the programs of a session that this process began the first whose result nobody has been given, or the last; null when there is none.</summary>
    public ProgramJob? LastProgram(string id) => _jobs.GetValueOrDefault(id)?.Next;

    /// <summary>Whether nothing is at work in a session that is there for programs only.</summary>
    public bool IsIdleProgram(SessionState state) => IsIdleProgram(state.Id, state.Mode);

    /// <summary>The same by a session's id and mode.</summary>
    public bool IsIdleProgram(string id, string mode) => mode == ProgramMode && _jobs.GetValueOrDefault(id) is not { IsIdle: false };

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
        return RunProgram(fresh, _programs.Queue(fresh?.Id ?? Find(id!).Id), code, time, caller, cancellationToken);
    }

    private (SessionState Session, ProgramReport Report) RunProgram(SessionState? fresh, ProgramTurns.Place place, string code, TimeSpan time, Caller caller, CancellationToken cancellationToken)
    {
        using var turn = _programs.Enter(place, cancellationToken);
        var live = fresh is null ? LiveFor(place.Session, caller) : OpenProgram(fresh, caller);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(live.Stop.Token, cancellationToken);
        try
        {
            var report = RunProgram(RunOf(live), code, time, stop.Token);
            Record(live.Session, code, report);
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
        using var turn = _programs.Enter(_programs.Queue(run.Session.Id), cancellationToken);
        return RunProgram(run, code, time, cancellationToken);
    }

    // An agent's own record of its calls has its programs already.
    private void Record(Session session, string code, ProgramReport report) => session.Trajectory.Append(new(session.Id, 0, report.Error is null ? "tool" : "error")
    {
        At = _options.Time.GetUtcNow(), Tool = ProgramMode, Arguments = JsonSerializer.SerializeToElement(new JsonObject { ["code"] = code }),
        Result = report.Stdout.Length <= RecordedOutput ? report.Stdout : report.Stdout[..RecordedOutput] + "…", Note = report.Error is { } error ? $"{error.Type}: {error.Message}" : null, Seconds = report.Seconds,
    });

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
        if (state.IsEnded) throw HasEnded(id);
        if (state.Mode == ProgramMode) return OpenProgram(state, caller);
        lock (_hosting)
        {
            var live = _live.Find(id) ?? Open(id) ?? throw new RecursionException("not_available", $"session {id} is not at work in this process", "Call without session for a new one.");
            return live;
        }
    }

    private static RecursionException HasEnded(string id) => new("bad_argument", $"session {id} has ended", "Call without session for a new one.");

    // Its seconds count only while a program runs: the ledger is made for one run, with what was spent before.
    private LiveSession OpenProgram(SessionState state, Caller caller)
    {
        _programs.Hold(state.Id);
        _boundaries.RequireCurrent(state.Scope);
        caller = _boundaries.CallerOf(state.Scope, caller);
        // The operator of this process may allow less than that of the one before.
        state = _store.Load(state.Id) ?? state;
        if (state.IsEnded) throw HasEnded(state.Id);
        state = state with { BackEnd = caller.BackEnd, Limits = _options.Limits.Lowered(state.Limits, out _) };
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
