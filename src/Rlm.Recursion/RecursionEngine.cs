using System.Collections.Concurrent;
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
public sealed class RecursionEngine : IChildSessions, IHostSessions, IDisposable
{
    private static readonly TimeSpan Unwind = TimeSpan.FromSeconds(2);

    private readonly RecursionOptions _options;
    private readonly ISessionContext _context;
    private readonly Func<ModelSpec, Model> _makeModel;
    private readonly SessionStore _store;
    private readonly IMemo _memo;
    private readonly ConcurrentDictionary<string, LiveSession> _live = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<SessionState>>> _joined = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _shutdown = new();
    private readonly Lock _starting = new();

    /// <summary>An engine over one context.</summary>
    /// <param name="options">The operator's decisions.</param>
    /// <param name="context">What sessions look at.</param>
    /// <param name="makeModel">Makes a model for a back end that has one.</param>
    /// <param name="redactor">Masks secrets wherever anything is written.</param>
    public RecursionEngine(RecursionOptions options, ISessionContext context, Func<ModelSpec, Model> makeModel, Redactor? redactor = null)
    {
        (_options, _context, _makeModel) = (options, context, makeModel);
        _store = new(options.Folder is null ? null : Path.Combine(options.Folder, "sessions"), options.Time, redactor);
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
            if (Unfinished(request, caller) is { } same) return same;
            var limits = _options.Limits.Lowered(request.Limits, out var clamped);
            var scope = ContextScope.Everything.Narrowed(request.Over);
            var size = _context.Size(scope, cancellationToken);
            var state = new SessionState
            {
                Id = SessionStore.NewId(), Request = request, Scope = scope, BackEnd = caller.BackEnd, Limits = limits, Clamped = clamped, Started = _options.Time.GetUtcNow(),
            };
            return Launch(state, caller, size, cancellationToken);
        }
    }

    /// <summary>A session as it stands.</summary>
    /// <exception cref="RecursionException"><c>unknown_session</c>.</exception>
    public SessionState Find(string id) => _live.TryGetValue(id, out var live) ? live.Session.State : _store.Load(id) ?? throw Unknown(id);

    /// <summary>Waits until a session ends, needs the client, or the time is over; one that an earlier process left unfinished goes on.</summary>
    /// <exception cref="RecursionException"><c>unknown_session</c>, or what the request got wrong.</exception>
    public async Task<SessionState> WaitAsync(string id, TimeSpan wait, Caller caller, CancellationToken cancellationToken)
    {
        var state = Find(id);
        if (state.Status == SessionStatus.Running && !_live.ContainsKey(id)) state = Resume(state, caller, cancellationToken);
        if ((state.Status == SessionStatus.NeedsHost ? Open(id) : _live.GetValueOrDefault(id)) is not { } live) return state;
        if (state is { Status: SessionStatus.NeedsHost, Parent: null }) Advance(live, caller, close: false, cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(live.Ended, Task.Delay(wait, _options.Time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return live.Fault is { } fault ? throw fault : live.Session.State;
    }

    /// <summary>Ends a session and all below it. What they found stays.</summary>
    /// <exception cref="RecursionException"><c>unknown_session</c>.</exception>
    public SessionState Cancel(string id)
    {
        var state = Find(id);
        foreach (var child in state.Children.Where(child => _live.ContainsKey(child) || _store.Load(child) is { IsEnded: false })) Cancel(child);
        if (Open(id) is not { } live) return state;
        live.IsCancelled = true;
        live.Stop.Cancel();
        live.Session.Update(now => now with { Status = SessionStatus.Cancelled, Reason = "cancelled" });
        return live.Session.State;
    }

    /// <summary>Takes what a client's sub-agent hands in, and lets its parent go on.</summary>
    /// <returns>What was accepted, in words.</returns>
    /// <exception cref="RecursionException">Wrong, or no such session.</exception>
    public string Submit(string id, JsonNode? answer, JsonNode? findings, Caller caller, CancellationToken cancellationToken)
    {
        var live = Open(id) ?? throw Unknown(id);
        var receipt = HostSubmit.Accept(live.Session, _context, RunParts.Checks, answer, findings, _options.Time, cancellationToken);
        var parent = live.Session.State.Parent is { } above ? Open(above) : live;
        if (parent is not null) Advance(parent, caller, close: false, cancellationToken);
        return receipt;
    }

    /// <summary>What a session and those below it did.</summary>
    /// <exception cref="RecursionException"><c>unknown_session</c>.</exception>
    public TrajectoryRecord Trajectory(string id) => _store.Load(id) is null && !_live.ContainsKey(id) ? throw Unknown(id) : _store.ReadTrajectory(id);

    /// <summary>The same as a tree of text, in at most so many bytes; null when nothing is kept.</summary>
    public string? TrajectoryText(string id, int maxBytes) => TrajectoryTree.Text(id, _store, maxBytes);

    /// <summary>A session as it stands; null when there is none.</summary>
    public SessionState? Peek(string id) => _live.TryGetValue(id, out var live) ? live.Session.State : _store.Load(id);

    /// <summary>Notes a tool call that a client made under a session.</summary>
    public void Record(string id, TrajectoryEntry entry) => _store.OpenTrajectory(id).Append(entry);

    /// <summary>Ends all work; unfinished sessions are gone on with by the next process.</summary>
    public void Dispose()
    {
        _shutdown.Cancel();
        Task.WaitAll([.. _live.Values.Where(live => live.Session.State.Status == SessionStatus.Running).Select(live => live.Ended)], Unwind);
        _shutdown.Dispose();
    }

    /// <inheritdoc/>
    Task<SessionState> IChildSessions.RunAsync(Session parent, RecurseRequest request, CancellationToken cancellationToken)
    {
        var above = _live[parent.Id];
        var child = ChildOf(parent, request);
        var key = string.Join('\n', above.Tree.GetHashCode(), JsonSerializer.Serialize(request), JsonSerializer.Serialize(child.Scope.Layers));
        return _joined.GetOrAdd(key, _ => new(() => RunChildAsync(above, child, cancellationToken))).Value;
    }

    /// <inheritdoc/>
    Session IHostSessions.Open(Session parent, RecurseRequest request)
    {
        var state = ChildOf(parent, request) with { Mode = parent.State.Mode, Status = SessionStatus.NeedsHost };
        var live = Adopt(state, _live[parent.Id].Tree, parent.Ledger.Branch(state.Limits));
        _store.Save(state);
        return live.Session;
    }

    /// <inheritdoc/>
    Session? IHostSessions.Find(string id) => Open(id)?.Session;

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
        above.Session.Update(state => state with { Children = [.. state.Children, child.Id] });
        var live = Adopt(child, above.Tree, above.Session.Ledger.Branch(child.Limits), above.Stop.Token);
        Choose(live, size, cancellationToken);
        await RunAsync(live).ConfigureAwait(false);
        return live.Fault is { } fault ? throw fault : live.Session.State;
    }

    private SessionState Launch(SessionState state, Caller caller, ScopeSize size, CancellationToken cancellationToken)
    {
        var tree = TreeOf(state, caller);
        var live = Adopt(state with { Limits = tree.Ledger.Limits }, tree, tree.Ledger, _shutdown.Token);
        Choose(live, size, cancellationToken);
        _store.Save(live.Session.State);
        if (live.Session.State.IsEnded) live.End();
        else _ = Task.Run(() => RunAsync(live), CancellationToken.None);
        return live.Session.State;
    }

    private SessionState Resume(SessionState state, Caller caller, CancellationToken cancellationToken)
    {
        lock (_starting)
        {
            if (_live.TryGetValue(state.Id, out var running)) return running.Session.State;
            if (state.Parent is not null) return state; // goes on with its root
            // Someone else's lock: another process is at work on it.
            if (_store.TryLock(state.Id) is not { } right) return state;
            right.Dispose();
            return Launch(state, caller with { BackEnd = state.BackEnd }, _context.Size(state.Scope, cancellationToken), cancellationToken);
        }
    }

    private void Advance(LiveSession live, Caller caller, bool close, CancellationToken cancellationToken)
    {
        HostRun.Advance(RunOf(live), HostClient.Of(caller.ClientName), this, RunParts.MergeOf, close, cancellationToken);
        if (live.Session.State.IsEnded) live.End();
    }

    private SessionState? Unfinished(RecurseRequest request, Caller caller)
    {
        var wanted = JsonSerializer.Serialize(request);
        bool IsSame(SessionState state) => state is { Parent: null, IsEnded: false } && state.BackEnd == caller.BackEnd && JsonSerializer.Serialize(state.Request) == wanted;
        if (_live.Values.FirstOrDefault(live => IsSame(live.Session.State)) is { } live) return live.Session.State;
        foreach (var summary in _store.All().Sessions.Where(session => session is { Parent: null, Status: SessionStatus.Running or SessionStatus.NeedsHost } && session.BackEnd == caller.BackEnd).Take(20))
            if (_store.Load(summary.Id) is { } state && IsSame(state)) return state.Status == SessionStatus.Running ? Resume(state, caller, CancellationToken.None) : state;
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
            var leaf = _options.LeafModel is { } name ? _makeModel(ModelSpec.Parse(name)) : root;
            limits = MoneyLimit.Apply(limits, _options.AsksForMoney || state.Request.Limits.Usd is not null, root, leaf);
            var traffic = new Traffic(limits.Parallel ?? 8, _options.Time);
            var calls = new PaidCalls(root, traffic, _options.Time, _store.Redactor.Redact);
            models = new(calls, leaf == root ? calls : new PaidCalls(leaf, traffic, _options.Time, _store.Redactor.Redact));
        }
        return new(new(limits, _options.Time, state.Spent, state.Seconds), models, caller);
    }

    private LiveSession Adopt(SessionState state, SessionTree tree, Ledger ledger, CancellationToken above = default)
    {
        var session = new Session(state, ledger, _store.OpenTrajectory(state.Id), _store.Save);
        var live = new LiveSession(session, tree, _store.TryLock(state.Id), CancellationTokenSource.CreateLinkedTokenSource(above));
        return _live[state.Id] = live;
    }

    // A session that this process has, or one that an earlier process kept open for the client.
    private LiveSession? Open(string id)
    {
        if (_live.TryGetValue(id, out var live)) return live;
        if (_store.Load(id) is not { IsEnded: false } state) return null;
        var tree = state.Parent is { } parent && Open(parent) is { } above ? above.Tree : TreeOf(state, new(state.BackEnd, ""));
        return Adopt(state, tree, state.Parent is null ? tree.Ledger : tree.Ledger.Branch(state.Limits));
    }

    private void Choose(LiveSession live, ScopeSize size, CancellationToken cancellationToken) =>
        ModeChoice.Make(RunOf(live), live.Tree.Caller, live.Session.State.Parent is null && live.Tree.Caller.ReadsByItself, size, cancellationToken);

    private SessionRun RunOf(LiveSession live) => new(live.Session, _context, live.Tree.Models, _options, _memo);

    private async Task RunAsync(LiveSession live)
    {
        var session = live.Session;
        try
        {
            if (!session.State.IsEnded) await RunParts.RunAsync(RunOf(live), live.Tree.Caller, this, this, live.Stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (live.Stop.IsCancellationRequested)
        {
            // A shutdown leaves it running for the next process.
            if (live.IsCancelled) session.Update(state => state with { Status = SessionStatus.Cancelled, Reason = "cancelled" });
        }
        catch (RecursionException fault)
        {
            live.Fault = session.Ledger.Spent.Calls == 0 ? fault : null;
            session.Update(state => state with { Status = SessionStatus.Failed, Reason = $"{fault.Code}: {fault.Message}" });
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
            if (session.State.Status != SessionStatus.NeedsHost) live.End();
        }
    }

    private static SessionState Ended(SessionState state, string reason) =>
        state with { Status = state.Answer.Content.Length > 0 || state.Findings.Count > 0 ? SessionStatus.Partial : SessionStatus.Failed, Reason = reason };

    private static RecursionException Unknown(string id) => new("unknown_session", $"asked session {(id.Length > 80 ? id[..80] + "…" : id)}, which is not known here", "session(action: \"list\") shows those that are.");
}
