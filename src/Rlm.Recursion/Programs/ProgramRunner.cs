using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.HostCalls;
using Rlm.Recursion.Programs.Workers;
using Rlm.Recursion.Running;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Programs;

/// <summary>
/// Runs programs of sessions, each in a worker of its own that stays warm between them:
/// <code>
/// session's turn -> warm worker, or a fresh one with the kept variables -> run -> keep the plain variables
/// </code>
/// A worker goes when it lies idle, when too many are warm, and when a program broke it; what is plain data comes back, and what does not is told. Safe to use from many threads.
/// </summary>
internal sealed class ProgramRunner : IDisposable
{
    private const double AtOnce = 0.1;
    private const int MostWaiting = 64;

    private readonly ProgramOptions _options;
    private readonly TimeProvider _time;
    private readonly SessionStore _store;
    private readonly ProgramEngines _engines;
    private readonly Dictionary<string, SessionWorker> _sessions = new(StringComparer.Ordinal);
    private readonly ProgramTurns _turns = new();
    private readonly Lock _gate = new();
    private readonly ITimer _idle;
    private bool _isDisposed;

    public ProgramRunner(ProgramOptions options, SessionStore store, TimeProvider time)
    {
        (_options, _store, _time, _engines) = (options, store, time, new(options));
        _idle = time.CreateTimer(_ => DropIdle(), null, options.Idle / 2, options.Idle / 2);
    }

    /// <summary>What programs run on; tries it where that has not been done.</summary>
    public EngineReport Engine => _engines.Report;

    /// <summary>Takes a place in the queue of a session: its programs run one after the other, in the order of this call.</summary>
    /// <exception cref="RecursionException"><c>not_available</c>: too many wait already.</exception>
    public ProgramTurns.Place Queue(string id) => _turns.Count(id) < MostWaiting ? _turns.Queue(id)
        : throw new RecursionException("not_available", $"{MostWaiting} programs of session {id} are at work or wait", $"session(id: \"{id}\", action: \"wait\") waits for one; cancel ends the session, with its variables.");

    /// <summary>Waits for the turn of a place.</summary>
    /// <returns>Gives the turn back.</returns>
    public IDisposable Enter(ProgramTurns.Place place, CancellationToken cancellationToken)
    {
        try
        {
            place.Wait(cancellationToken);
            Find(place.Session);
            return new Turn(this, place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>Runs a program of a session that is at work, in its turn.</summary>
    /// <param name="run">The session.</param>
    /// <param name="children">Runs sessions below it.</param>
    /// <param name="code">Python.</param>
    /// <param name="time">Wall time, without host calls.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RecursionException"><c>not_available</c>: no engine, or another process has the session.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ProgramReport Run(SessionRun run, IChildSessions children, string code, TimeSpan time, CancellationToken cancellationToken)
    {
        var session = Find(run.Session.Id);
        try
        {
            var notes = new List<string>();
            var wasWarm = session.Worker is { IsAlive: true };
            if (!wasWarm) Begin(session, run.Session.Id, notes);
            var calls = new SessionCalls(run, children, session.Rows, Engine);
            var report = session.Worker!.Run(code, calls, time, cancellationToken);
            // An earlier program can break its worker so that only the next one notices. That one has done nothing yet, so it may begin anew.
            if (wasWarm && report is { Calls: 0, Seconds: < AtOnce, Error.Type: "worker_ended" or "protocol" })
            {
                Begin(session, run.Session.Id, notes);
                calls = new SessionCalls(run, children, session.Rows, Engine);
                report = session.Worker.Run(code, calls, time, cancellationToken);
            }
            Keep(session, run.Session.Id, report);
            if (!session.Worker.IsAlive) notes.Add(EndBroken(session, run.Session.Id, report.Answer));
            return report with { Notes = [.. notes, .. report.Notes, .. calls.Notes] };
        }
        catch (WorkerFaultException fault)
        {
            session.EndWorker();
            throw new RecursionException("not_available", $"no worker could be started: {fault.Message}", "Call again; doctor tries the engine.");
        }
        catch
        {
            session.EndWorker();
            throw;
        }
    }

    /// <summary>Takes the right to run a session whose programs alone are its work, and keeps it until its worker goes.</summary>
    /// <exception cref="RecursionException"><c>not_available</c>: another process has it.</exception>
    public void Hold(string id)
    {
        var session = Find(id);
        lock (_gate)
            session.Right ??= _store.TryLock(id) ?? throw new RecursionException("not_available", $"session {id} is at work in another process", "Go on there, or call without session for a new one.");
    }

    /// <summary>Programs of a session that wait for their turn will not get it; the one that has it goes on.</summary>
    public void CancelWaiting(string id) => _turns.CancelWaiting(id);

    /// <summary>Whether this process has the right to run a session, for its programs.</summary>
    public bool Holds(string id)
    {
        lock (_gate) return _sessions.TryGetValue(id, out var session) && session.Right is not null;
    }

    /// <summary>Ends a session's worker and gives the session free; its plain variables stay.</summary>
    public void Drop(string id)
    {
        // One that is at work, or waited for, is not dropped.
        using var turn = _turns.TryTake(id);
        if (turn is null) return;
        SessionWorker? session;
        lock (_gate) _sessions.Remove(id, out session);
        session?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        SessionWorker[] sessions;
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            sessions = [.. _sessions.Values];
            _sessions.Clear();
        }
        _idle.Dispose();
        foreach (var session in sessions) session.Dispose();
        _engines.Dispose();
    }

    private SessionWorker Find(string id)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_sessions.TryGetValue(id, out var known)) return known;
            return _sessions[id] = new() { Used = _time.GetTimestamp() };
        }
    }

    private void Begin(SessionWorker session, string id, List<string> notes)
    {
        session.EndWorker();
        var isNew = session.Kept is null;
        session.Worker = _engines.Start(ProgramFunctions.Names);
        if (isNew && SessionVariables.Read(_store.LoadVariables(id)) is var (values, lost, masked))
        {
            (session.Kept, session.Lost) = (values, lost);
            if (masked.Count > 0) notes.Add($"what looks like a key was masked where variables are kept, in {string.Join(", ", masked)}: read it anew");
        }
        if (session.Kept is { Count: > 0 } kept) session.Worker.Restore(kept);
        if (session.Lost.Count > 0) notes.Add($"a fresh worker: variables that are no plain data, or too large to be kept, are gone: {string.Join(", ", session.Lost)}");
        session.Lost = [];
    }

    private void Keep(SessionWorker session, string id, ProgramReport report)
    {
        if (report.Kept is not { } kept) return;
        session.Lost = report.Lost;
        if (session.Kept is { } before && before.ToJsonString() == kept.ToJsonString()) return; // the order of keys counts, and 1 is not 1.0
        session.Kept = kept;
        _store.SaveVariables(id, SessionVariables.Write(kept, report.Lost, _store.Redactor));
    }

    // The variables of before the program that broke it come back with the next one, and of that program itself the draft.
    private string EndBroken(SessionWorker session, string id, Answer? draft)
    {
        session.EndWorker();
        if (draft is not null)
        {
            var kept = session.Kept?.DeepClone().AsObject() ?? [];
            kept["answer"] = new JsonObject { ["content"] = draft.Content, ["ready"] = draft.Ready };
            session.Kept = kept;
            _store.SaveVariables(id, SessionVariables.Write(kept, session.Lost, _store.Redactor));
        }
        var gone = session.Lost;
        session.Lost = [];
        return "the worker was ended; the next program has the plain variables of before this one" + (gone.Count > 0 ? $", without {string.Join(", ", gone)}" : "")
            + (draft is null ? "" : string.Create(CultureInfo.InvariantCulture, $", and its draft in answer['content'] ({draft.Content.Length:N0} characters)"));
    }

    private void Leave(ProgramTurns.Place place)
    {
        lock (_gate)
            if (_sessions.TryGetValue(place.Session, out var session)) session.Used = _time.GetTimestamp();
        place.Dispose();
        DropSurplus();
    }

    private void DropIdle()
    {
        string[] idle;
        lock (_gate) idle = [.. _sessions.Where(pair => _time.GetElapsedTime(pair.Value.Used) >= _options.Idle).Select(pair => pair.Key)];
        foreach (var id in idle) Drop(id);
    }

    private void DropSurplus()
    {
        while (true)
        {
            string? oldest;
            int before;
            lock (_gate) (oldest, before) = (_sessions.Count <= _options.MaxWorkers ? null : _sessions.Where(pair => _turns.Count(pair.Key) == 0).OrderBy(pair => pair.Value.Used).Select(pair => pair.Key).FirstOrDefault(), _sessions.Count);
            if (oldest is null) return;
            Drop(oldest);
            // Somebody has taken its turn meanwhile, and will come here too.
            lock (_gate)
                if (_sessions.Count >= before) return;
        }
    }

    private sealed class Turn(ProgramRunner runner, ProgramTurns.Place place) : IDisposable
    {
        public void Dispose() => runner.Leave(place);
    }
}
