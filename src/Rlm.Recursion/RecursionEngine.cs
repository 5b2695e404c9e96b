using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Models;
using Rlm.Recursion.Running;
using Rlm.Recursion.Running.Hosting;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion;

/// <summary>
/// Runs trees of sub-agent sessions, each under one budget:
/// <code>
/// Start -> gate (which mode, and why) -> ask | map | agent | host | extractive, on its own task -> Wait, Cancel, Submit… by id
/// </code>
/// Sessions are kept as they change: what a process did not finish goes on in the next, by the same request or by a wait, and pays nothing twice.
/// Safe to use from many threads.
/// </summary>
public sealed partial class RecursionEngine : IChildSessions, IHostSessions, IDisposable
{
    private static readonly TimeSpan Unwind = TimeSpan.FromSeconds(2), Look = TimeSpan.FromMilliseconds(250);

    private readonly RecursionOptions _options;
    private readonly ISessionContext _context;
    private readonly Func<ModelSpec, Model> _makeModel;
    private readonly SessionStore _store;
    private readonly IMemo _memo;
    private readonly Boundaries _boundaries;
    private readonly Trajectories.Page.TrajectoryPage _page;
    private readonly LiveSessions _live = new();
    private readonly Programs.ProgramRunner _programs;
    private readonly CancellationTokenSource _shutdown = new();
    private int _trimmed;
    // Taken in this order.
    private readonly Lock _hosting = new(), _starting = new();

    /// <summary>An engine over one context.</summary>
    /// <param name="options">The operator's decisions.</param>
    /// <param name="context">What sessions look at.</param>
    /// <param name="makeModel">Makes a model for a back end that has one.</param>
    /// <param name="redactor">Masks secrets wherever anything is written.</param>
    public RecursionEngine(RecursionOptions options, ISessionContext context, Func<ModelSpec, Model> makeModel, Redactor? redactor = null)
    {
        (_options, _context, _makeModel, _boundaries) = (options, context, makeModel, new(options));
        _store = new(options.Folder is null ? null : Path.Combine(options.Folder, "sessions"), options.Time, redactor);
        _page = new(_store, context);
        _programs = new(options.Programs, _store, options.Time);
        _memo = Memo.Open(options.Folder is null ? null : Path.Combine(options.Folder, "memo"));
    }

    /// <summary>Why sessions will not survive a restart; null when they will.</summary>
    public string? NotKept => _store.NotKept;

    /// <summary>The sessions that are kept, newest first.</summary>
    public SessionList List() => _store.All();

    /// <summary>Begins a run, or joins the identical one that is at work or was left unfinished.</summary>
    /// <returns>The session as it stands; a request that needs no session has ended already.</returns>
    /// <exception cref="RecursionException">The request is wrong, or its back end is not to be had.</exception>
    public SessionState Start(RecurseRequest request, Caller caller, CancellationToken cancellationToken)
    {
        lock (_starting)
        {
            var scope = _boundaries.Place(request.Over, _context, cancellationToken);
            caller = _boundaries.CallerOf(scope, caller);
            if (Unfinished(request, scope, caller, cancellationToken) is { } same) return same;
            var limits = _options.Limits.Lowered(request.Limits, out var clamped);
            var size = _context.Size(scope, cancellationToken);
            var state = new SessionState
            {
                Id = SessionStore.NewId(), Request = request, Scope = scope, BackEnd = caller.BackEnd, Limits = limits, Clamped = clamped, Started = _options.Time.GetUtcNow(), Version = size.Version,
            };
            return Launch(state, _store.TryLock(state.Id), caller, size, cancellationToken).Session.State;
        }
    }

    /// <summary>Who answers a request: the operator's choice for the boundary that it lies in before the one for all.</summary>
    /// <exception cref="RecursionException">It would join boundaries, or its boundary does not allow the back end.</exception>
    public Caller CallerOf(RecurseRequest request, Caller caller, CancellationToken cancellationToken) =>
        _boundaries.Any ? _boundaries.CallerOf(_boundaries.Place(request.Over, _context, cancellationToken), caller) : caller;

    /// <summary>What a client may look at under a session.</summary>
    /// <exception cref="RecursionException"><c>unknown_session</c>, or the operator's boundaries have changed.</exception>
    public ContextScope ScopeOf(string id)
    {
        var scope = Find(id).Scope;
        _boundaries.RequireCurrent(scope);
        return scope;
    }

    /// <summary>A session as it stands.</summary>
    /// <exception cref="RecursionException"><c>unknown_session</c>.</exception>
    public SessionState Find(string id) => Peek(id) ?? throw Unknown(id);

    /// <summary>Waits until a session ends, needs the client, or the time is over; one that an earlier process left unfinished goes on, and what the client's sub-agents have submitted is merged.</summary>
    /// <exception cref="RecursionException"><c>unknown_session</c>, or what the request got wrong.</exception>
    public async Task<SessionState> WaitAsync(string id, TimeSpan wait, Caller caller, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var time = Task.Delay(wait, _options.Time, over.Token);
        try
        {
            while (true)
            {
                var state = Find(id);
                if (state.Mode == ProgramMode)
                {
                    if (LastProgram(id) is { } job) await Task.WhenAny(job.Ended, time).ConfigureAwait(false);
                    return Find(id);
                }
                if (_shutdown.IsCancellationRequested && !state.IsEnded) throw new RecursionException("not_available", $"the server ends; session {id} stays as it is", $"With the next server: session(id: \"{id}\", action: \"wait\").");
                if (state.Status == SessionStatus.NeedsHost) return Merged(state, caller, cancellationToken);
                var live = state.Status == SessionStatus.Running ? _live.Find(id) ?? Resume(state, caller, cancellationToken) : _live.Find(id);
                if (live is null && state.IsEnded) return state;
                // Another process runs it: what it keeps is looked at now and then.
                await Task.WhenAny(live?.Ended ?? Task.Delay(Look, _options.Time, over.Token), time).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                if (live?.Fault is { } fault) throw fault;
                if (live is not null || time.IsCompleted) return Find(id);
            }
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends a session and all below it. What they found stays.</summary>
    /// <exception cref="RecursionException"><c>unknown_session</c>, or <c>not_available</c>: another process runs it.</exception>
    public SessionState Cancel(string id)
    {
        // A call that waits is cancelled when the process ends; its session goes on in the next one.
        if (_shutdown.IsCancellationRequested) return Find(id);
        // From above, so that none goes on with what one below it brought.
        _programs.CancelWaiting(id);
        _programs.Drop(id);
        var state = CancelOne(Find(id));
        foreach (var child in state.Children.Where(child => Peek(child) is { IsEnded: false })) Cancel(child);
        return state;
    }

    /// <summary>Takes what a client's sub-agent hands in, and hands out the briefs whose turn has come. The next wait for the parent merges.</summary>
    /// <returns>What was accepted, in words.</returns>
    /// <exception cref="RecursionException">Wrong, or no such session.</exception>
    public string Submit(string id, JsonNode? answer, JsonNode? findings, Caller caller, CancellationToken cancellationToken)
    {
        lock (_hosting)
            try
            {
                var live = Open(id) ?? throw NotOpen(Find(id));
                var receipt = HostSubmit.Accept(live.Session, _context, RunParts.Checks, answer, findings, _options.Time, cancellationToken);
                if (live.Session.State.Parent is { } parent && Open(parent) is { } above) HostRun.HandOutNext(RunOf(above), HostClient.Of(caller.ClientName), this, cancellationToken);
                return receipt;
            }
            finally
            {
                _live.DropIdle();
            }
    }

    /// <summary>What a session and those below it did.</summary>
    /// <exception cref="RecursionException"><c>unknown_session</c>.</exception>
    public TrajectoryRecord Trajectory(string id) => Peek(id) is null ? throw Unknown(id) : _store.ReadTrajectory(id);

    /// <summary>The same as a tree of text, in at most so many bytes; null when nothing is kept.</summary>
    public string? TrajectoryText(string id, int maxBytes) => TrajectoryTree.Text(id, _store, maxBytes);

    /// <summary>The same as one HTML page, with the source that was read; null when nothing is kept.</summary>
    public string? TrajectoryHtml(string id, CancellationToken cancellationToken) => _page.Of(id, _options.Time.GetUtcNow(), null, cancellationToken);

    /// <summary>The same as a page that follows what happens; null when nothing is kept.</summary>
    internal string? LiveHtml(string id, Trajectories.Page.LivePage live, CancellationToken cancellationToken) => _page.Of(id, null, live, cancellationToken);

    /// <summary>The sessions that are kept as such a page.</summary>
    internal string LiveList(Trajectories.Page.LivePage live) => _page.List(live);

    /// <summary>A session as it stands; null when there is none.</summary>
    public SessionState? Peek(string id) => _live.Find(id)?.Session.State ?? _store.Load(id);

    /// <summary>Notes a tool call that a client made under a session.</summary>
    public void Record(string id, TrajectoryEntry entry) => _store.OpenTrajectory(id).Append(entry);

    /// <summary>Books what a client read under a session on its budget and on those above it.</summary>
    /// <param name="id">The session.</param>
    /// <param name="tokens">About, of what it was shown; 0 to ask whether there is room for anything.</param>
    /// <exception cref="RecursionException"><c>budget_spent</c>: there was no room left before.</exception>
    public void Charge(string id, long tokens)
    {
        lock (_hosting)
            try
            {
                if ((_live.Find(id) ?? Open(id)) is not { Session: { State.IsEnded: false } session }) return;
                if (session.Ledger.WhyNot(new(0, 1, 0, 0)) is { Kind: "tokens" } spent) throw new RecursionException("budget_spent", $"session {id}: {spent.Message}", "Submit what you have.");
                if (tokens == 0) return;
                session.Ledger.Book(tokens);
                for (var above = session; above is not null; above = above.State.Parent is { } parent ? (_live.Find(parent) ?? Open(parent))?.Session : null) above.Update(state => state);
            }
            finally
            {
                _live.DropIdle();
            }
    }

    /// <summary>Ends all work, in at most two seconds; unfinished sessions are gone on with by the next process.</summary>
    public void Dispose()
    {
        _shutdown.Cancel();
        _programs.Dispose();
        Task.WaitAll([.. _live.All.Where(live => live.IsAtWork).Select(live => live.Ended)], Unwind);
        // One that is still at work keeps its lock until it stops, or the process does.
        _shutdown.Dispose();
    }

    /// <summary>Sessions in memory.</summary>
    internal int LiveCount => _live.Count;

    /// <inheritdoc/>
    Task<SessionState> IChildSessions.RunAsync(Session parent, RecurseRequest request, CancellationToken cancellationToken)
    {
        var above = _live.Find(parent.Id) ?? throw Unknown(parent.Id);
        var child = ChildOf(parent, request);
        return above.Tree.JoinAsync(child, () => RunChildAsync(above, child, cancellationToken));
    }

    /// <inheritdoc/>
    Session IHostSessions.Open(Session parent, RecurseRequest request)
    {
        var above = _live.Find(parent.Id) ?? throw Unknown(parent.Id);
        var state = ChildOf(parent, request) with { Mode = parent.State.Mode, Status = SessionStatus.NeedsHost };
        var live = Adopt(state, _store.TryLock(state.Id), above.Tree, parent.Ledger.Branch(state.Limits), default, isAtWork: false);
        _store.Save(state);
        return live.Session;
    }

    /// <inheritdoc/>
    Session? IHostSessions.Find(string id) => (_live.Find(id) ?? Open(id))?.Session ?? (_store.Load(id) is { IsEnded: true } ended ? SessionOf(ended, new(ended.Limits, _options.Time, ended.Spent, ended.Seconds)) : null);

    /// <inheritdoc/>
    IReadOnlyCollection<string> IHostSessions.Shown(string id) => [.. _store.ReadTrajectory(id).Entries.Where(entry => entry.Kind == "tool").SelectMany(entry => entry.Handles)];

    private SessionState ChildOf(Session parent, RecurseRequest request)
    {
        var above = parent.State;
        var deepest = Math.Min(RecursionOptions.HardDepth, above.Limits.Depth ?? RecursionOptions.HardDepth);
        if (above.Depth + 1 > deepest) throw new RecursionException("depth_limit", $"this session has depth {above.Depth}, and {deepest} is the deepest allowed", "Answer with your own tools.");
        return new()
        {
            Id = SessionStore.NewId(), Parent = above.Id, Depth = above.Depth + 1, Request = request, Scope = above.Scope.Narrowed(request.Over), BackEnd = above.BackEnd,
            Limits = above.Limits.Lowered(request.Limits, out var clamped), Clamped = clamped, Started = _options.Time.GetUtcNow(),
        };
    }

    private async Task<SessionState> RunChildAsync(LiveSession above, SessionState child, CancellationToken cancellationToken)
    {
        var size = _context.Size(child.Scope, cancellationToken);
        child = Earlier(above, child, size) ?? child with { Version = size.Version };
        if (child.IsEnded) return child;
        var live = Adopt(child, _store.TryLock(child.Id), above.Tree, above.Session.Ledger.Branch(child.Limits, child.Spent, child.Seconds), above.Stop.Token, isAtWork: true);
        Choose(live, size, cancellationToken);
        above.Session.Update(state => state.Children.Contains(child.Id) ? state : state with { Children = [.. state.Children, child.Id] });
        await RunAsync(live).ConfigureAwait(false);
        return live.Fault is { } fault ? throw fault : live.Session.State;
    }

    // What a process that ended had of the same child: its answer when nothing has changed since, or where it stopped.
    private SessionState? Earlier(LiveSession above, SessionState child, ScopeSize size)
    {
        var (request, layers) = (JsonSerializer.Serialize(child.Request), JsonSerializer.Serialize(child.Scope.Layers));
        return above.Session.State.Children.Where(id => _live.Find(id) is null).Select(_store.Load).OfType<SessionState>().FirstOrDefault(state =>
            (state.Status == SessionStatus.Running || (state.Status == SessionStatus.Complete && state.Version == size.Version))
            && JsonSerializer.Serialize(state.Request) == request && JsonSerializer.Serialize(state.Scope.Layers) == layers);
    }

    // Takes over the right to run it, also when it fails.
    private LiveSession Launch(SessionState state, IDisposable? right, Caller caller, ScopeSize size, CancellationToken cancellationToken)
    {
        LiveSession live;
        try
        {
            var tree = TreeOf(state, caller);
            live = Adopt(state with { Limits = tree.Ledger.Limits }, right, tree, tree.Ledger, _shutdown.Token, isAtWork: true);
        }
        catch
        {
            right?.Dispose();
            throw;
        }
        Choose(live, size, cancellationToken);
        if (live.Session.State.IsEnded)
        {
            live.IsAtWork = false;
            _live.End(live);
            // The store answered, or the caller reads by itself: no session was opened.
            if (live.Session.State.Mode is "store" or "none") _store.Forget(state.Id);
            return live;
        }
        _store.Save(live.Session.State);
        TrimOnce();
        _ = Task.Run(() => RunAsync(live), CancellationToken.None);
        return live;
    }

    // What lies there from months of work is looked at once for each process, beside the work.
    private void TrimOnce()
    {
        if (Interlocked.Exchange(ref _trimmed, 1) == 0) _ = Task.Run(() => _store.Trim(_options.MaxKeptBytes), CancellationToken.None);
    }

    // Null when there is nothing to go on with here: another process runs it, or it goes on with its root.
    private LiveSession? Resume(SessionState state, Caller caller, CancellationToken cancellationToken)
    {
        lock (_starting)
        {
            if (_live.Find(state.Id) is { } running) return running;
            _boundaries.RequireCurrent(state.Scope);
            if (_boundaries.CallerOf(state.Scope, caller with { BackEnd = state.BackEnd }).BackEnd != state.BackEnd) throw new RecursionException("out_of_scope", "the operator's back end for this session's boundary has changed since it began", "Ask anew by recurse.");
            if (state.Parent is not null || _store.TryLock(state.Id) is not { } right) return null;
            // Who had the lock may have ended it since it was read.
            if (_store.Load(state.Id) is not { Status: SessionStatus.Running } now || now.BackEnd != caller.BackEnd)
            {
                right.Dispose();
                return state.BackEnd == caller.BackEnd ? null : throw OtherBackEnd(state, caller);
            }
            // The operator of this process may allow less than that of the one before.
            return Launch(now with { Limits = _options.Limits.Lowered(now.Limits, out _) }, right, caller, _context.Size(now.Scope, cancellationToken), cancellationToken);
        }
    }

    // What has been submitted is merged when all have, or the next briefs are handed out.
    private SessionState Merged(SessionState state, Caller caller, CancellationToken cancellationToken)
    {
        lock (_hosting)
            try
            {
                if (state.Parent is not null || Open(state.Id) is not { } live) return Find(state.Id);
                HostRun.Advance(RunOf(live), HostClient.Of(caller.ClientName), this, RunParts.MergeOf, close: false, cancellationToken);
                return live.Session.State;
            }
            finally
            {
                _live.DropIdle();
            }
    }

    private SessionState CancelOne(SessionState state)
    {
        if (_live.Find(state.Id) is not { } live) return state.IsEnded ? state : CancelKept(state);
        if (live.Session.State.IsEnded) return live.Session.State;
        live.Session.Update(Cancelled);
        StopWork(live);
        if (!live.IsAtWork) _live.End(live);
        return live.Session.State;
    }

    private static void StopWork(LiveSession live)
    {
        try
        {
            live.Stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Its program has ended in this very moment.
        }
    }

    private SessionState CancelKept(SessionState state)
    {
        lock (_hosting)
        {
            // Between two programs this process has the right itself.
            using var right = _programs.Holds(state.Id) ? null : Lock(state.Id) ?? throw new RecursionException("not_available", $"session {state.Id} is at work in another process", "Cancel it there.");
            if (_store.Load(state.Id) is { IsEnded: true } ended) return ended;
            var cancelled = Cancelled(_store.Load(state.Id) ?? state);
            _store.Save(cancelled);
            return cancelled;
        }
    }

    private SessionState? Unfinished(RecurseRequest request, ContextScope scope, Caller caller, CancellationToken cancellationToken)
    {
        // The scope too: the operator may have drawn other boundaries since.
        var wanted = JsonSerializer.Serialize(request) + JsonSerializer.Serialize(scope);
        bool IsSame(SessionState state) => state is { Parent: null, IsEnded: false } && state.BackEnd == caller.BackEnd && JsonSerializer.Serialize(state.Request) + JsonSerializer.Serialize(state.Scope) == wanted;
        if (_live.All.FirstOrDefault(live => IsSame(live.Session.State)) is { } live) return live.Session.State;
        foreach (var summary in _store.All().Sessions.Where(session => session is { Parent: null, Status: SessionStatus.Running or SessionStatus.NeedsHost } && session.Mode != ProgramMode && session.BackEnd == caller.BackEnd).Take(20))
            if (_store.Load(summary.Id) is { } state && IsSame(state)) return state.Status == SessionStatus.Running ? Resume(state, caller, cancellationToken)?.Session.State ?? state : state;
        return null;
    }

    private SessionTree TreeOf(SessionState state, Caller caller)
    {
        var spec = ModelSpec.Parse(caller.BackEnd);
        var limits = state.Limits;
        ModelSet? models = null;
        if (spec.BackEnd is BackEnd.Anthropic or BackEnd.OpenAi or BackEnd.Cli or BackEnd.Sampling)
        {
            var root = _makeModel(spec);
            var leaf = _options.LeafModel is { } name && !_boundaries.HasRule(state.Scope) ? _makeModel(ModelSpec.Parse(name)) : root;
            limits = MoneyLimit.Apply(limits, _options.AsksForMoney || state.Request.Limits.Usd is not null, root, leaf);
            var traffic = new Traffic(limits.Parallel ?? 8, _options.Time);
            var calls = new PaidCalls(root, traffic, _options.Time, _store.Redactor.Redact);
            models = new(calls, leaf == root ? calls : new PaidCalls(leaf, traffic, _options.Time, _store.Redactor.Redact));
        }
        return new(new(limits, _options.Time, state.Spent, state.Seconds), models, caller);
    }

    private LiveSession Adopt(SessionState state, IDisposable? right, SessionTree tree, Ledger ledger, CancellationToken above, bool isAtWork) =>
        _live.Add(new(SessionOf(state, ledger), tree, right, CancellationTokenSource.CreateLinkedTokenSource(above), isAtWork));

    // Other processes hold the lock of a session that waits for the client only for a moment.
    private IDisposable? Lock(string id)
    {
        for (var tries = 0; tries < 100; tries++)
            if (_store.TryLock(id) is { } right) return right;
            else Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System).GetAwaiter().GetResult();
        return null;
    }

    private Session SessionOf(SessionState state, Ledger ledger) => new(state, ledger, _store.OpenTrajectory(state.Id), _store.Save);

    // A session that waits for the client, which this process or an earlier one opened; null when there is none, or another process has it.
    private LiveSession? Open(string id)
    {
        lock (_starting)
        {
            if (_live.Find(id) is { } live) return live;
            if (_store.Load(id) is not { Status: SessionStatus.NeedsHost } state) return null;
            _boundaries.RequireCurrent(state.Scope);
            var above = state.Parent is { } parent ? Open(parent) : null;
            if (Lock(id) is not { } right) return null;
            // Another process may have changed it before it gave the lock back.
            state = _store.Load(id) ?? state;
            var tree = above?.Tree ?? new(new(state.Limits, _options.Time, state.Spent, state.Seconds), null, new(state.BackEnd, ""));
            return Adopt(state, right, tree, state.Parent is null ? tree.Ledger : tree.Ledger.Branch(state.Limits, state.Spent, state.Seconds), default, isAtWork: false);
        }
    }

    // One whose mode was chosen before a restart keeps it.
    private void Choose(LiveSession live, ScopeSize size, CancellationToken cancellationToken)
    {
        if (UnchangedRange.TryEnd(live.Session, size) || live.Session.State.Mode != "auto") return;
        try
        {
            ModeChoice.Make(RunOf(live), live.Tree.Caller, live.Session.State.Parent is null && live.Tree.Caller.ReadsByItself, size, cancellationToken);
        }
        catch
        {
            _live.Drop(live);
            throw;
        }
    }

    private SessionRun RunOf(LiveSession live) => new(live.Session, _context, live.Tree.Models, _options, _memo);

    private async Task RunAsync(LiveSession live)
    {
        var session = live.Session;
        var span = Spans.Of(session.State);
        try
        {
            if (live.Tree.Caller.BackEnd == "host") BeginHosting(live);
            else if (!session.State.IsEnded) await RunParts.RunAsync(RunOf(live), live.Tree.Caller, this, this, live.Stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (live.Stop.IsCancellationRequested)
        {
            // A shutdown leaves it running for the next process, with what calls that were cut off may have cost; else it is cancelled, by itself or with one above it.
            var isShutdown = _shutdown.IsCancellationRequested;
            session.Update(state => isShutdown ? state : Cancelled(state));
        }
        catch (RecursionException fault)
        {
            live.Fault = session.Ledger.Spent.Calls == 0 ? fault : null;
            session.Update(state => Ended(state, $"{fault.Code}: {fault.Message}"));
        }
        catch (BudgetSpentException spent)
        {
            session.Update(state => Ended(state, $"budget_spent: {spent.Message}"));
        }
        catch (ModelFaultException fault)
        {
            session.Update(state => Ended(state, $"the model failed ({fault.Kind}): {fault.Message}"));
        }
#pragma warning disable CA1031 // whatever it is, the session says so and the server lives
        catch (Exception fault)
#pragma warning restore CA1031
        {
            session.Trajectory.Append(new(session.Id, 0, "error") { At = _options.Time.GetUtcNow(), Note = fault.GetType().Name });
            session.Update(state => Ended(state, $"internal: {fault.GetType().Name}"));
        }
        finally
        {
            Spans.End(span, session.State);
            live.IsAtWork = false;
            _programs.Drop(session.Id);
            if (session.State.Status == SessionStatus.NeedsHost) _live.Drop(live);
            else _live.End(live);
        }
    }

    // Opens the sessions of the client's sub-agents, which takes no waiting.
    private void BeginHosting(LiveSession live)
    {
        lock (_hosting)
            try
            {
                if (!live.Session.State.IsEnded) RunParts.RunAsync(RunOf(live), live.Tree.Caller, this, this, live.Stop.Token).GetAwaiter().GetResult();
            }
            finally
            {
                _live.DropIdle();
            }
    }

    private static SessionState Cancelled(SessionState state) => state with { Status = SessionStatus.Cancelled, Reason = "cancelled" };

    private static SessionState Ended(SessionState state, string reason) =>
        state with { Status = state.Answer.Content.Length > 0 || state.Findings.Count > 0 ? SessionStatus.Partial : SessionStatus.Failed, Reason = reason };

    private static RecursionException NotOpen(SessionState state) => state switch
    {
        { IsEnded: true } => new("bad_argument", $"session {state.Id} has ended ({TrajectoryWords.Word(state.Status)})", "Ask anew by recurse."),
        { Status: SessionStatus.NeedsHost } => new("not_available", $"session {state.Id} is held by another process", "Submit again."),
        _ => new("bad_argument", $"session {state.Id} is not one that a sub-agent of yours runs", "Submit to the session that the brief names."),
    };

    private static RecursionException OtherBackEnd(SessionState state, Caller caller) =>
        new("not_available", $"session {state.Id} was begun with the back end {state.BackEnd}, and this server's is {caller.BackEnd}", "Start the server with that one to go on, or ask anew by recurse.");

    private static RecursionException Unknown(string id) => new("unknown_session", $"asked session {(id.Length > 80 ? id[..80] + "…" : id)}, which is not known here", "session(action: \"list\") shows those that are.");
}
