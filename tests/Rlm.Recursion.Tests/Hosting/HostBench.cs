using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running;
using Rlm.Recursion.Running.Hosting;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Tests.Agent;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Tests.Hosting;

/// <summary>A host-mode session, whose children are kept in memory, and a client whose sub-agents a test plays.</summary>
internal sealed class HostBench : IHostSessions
{
    private readonly Dictionary<string, Session> _children = [];
    private readonly HostClient _client;

    public HostBench(FakeFiles files, RecurseRequest request, string client = "claude-code", Limits? limits = null)
    {
        Files = files;
        _client = HostClient.Of(client);
        var state = new SessionState { Id = "s-abcdefghijklmnopqrstuvwxyz", Request = request, Scope = ContextScope.Everything, BackEnd = "host", Limits = limits ?? RecursionOptions.StandardLimits };
        Session = new(state, new Ledger(state.Limits, TimeProvider.System), new Silent(), _ => { });
        Run = new(Session, files, null, new(), null!);
    }

    public FakeFiles Files { get; }

    public Session Session { get; }

    public SessionRun Run { get; }

    public SessionState State => Session.State;

    public Dictionary<string, List<string>> ShownBy { get; } = [];

    public IReadOnlyList<Session> Children => [.. State.Children.Select(id => _children[id])];

    public IReadOnlyList<Session> Briefed => [.. Children.Where(child => child.State.Brief is not null)];

    public void Begin() => HostRun.Begin(Run, _client, this, "rlm-mcp init claude --write --model cli:claude", CancellationToken.None);

    public SessionState Advance(bool close = false)
    {
        HostRun.Advance(Run, _client, this, (merge, findings) => $"{merge}: {findings.Count}", close, CancellationToken.None);
        return State;
    }

    public string Submit(Session child, string? answer = null, object? findings = null) =>
        HostSubmit.Accept(child, Files, new(Breach, FakeFiles.Quote), answer is null ? null : JsonValue.Create(answer), findings is null ? null : JsonSerializer.SerializeToNode(findings), TimeProvider.System, CancellationToken.None);

    public void Judge(Session child, params string[] without) =>
        Submit(child, findings: Files.Units(child.Scope, UnitKind.File, CancellationToken.None).Units.Where(unit => !without.Contains(unit.Handle)).Select(unit => new { unit = unit.Handle, value = "ok" }).ToArray());

    public Session Open(Session parent, RecurseRequest request)
    {
        var state = new SessionState
        {
            Id = $"s-child{_children.Count:00}aaaaaaaaaaaaaaaaaaa", Parent = parent.Id, Request = request, Scope = parent.Scope.Narrowed(request.Over), BackEnd = "host", Depth = parent.State.Depth + 1,
            Status = SessionStatus.NeedsHost, Limits = parent.State.Limits,
        };
        return _children[state.Id] = new(state, parent.Ledger.Branch(new()), new Silent(), _ => { });
    }

    public Session? Find(string id) => _children.GetValueOrDefault(id);

    public IReadOnlyCollection<string> Shown(string id) => ShownBy.GetValueOrDefault(id) ?? [];

    private static string? Breach(JsonElement schema, JsonElement value) => value.ValueKind == JsonValueKind.String ? null : "not a text";

    private sealed class Silent : TrajectoryWriter
    {
        public override TrajectoryEntry Append(TrajectoryEntry entry) => entry;
    }
}
