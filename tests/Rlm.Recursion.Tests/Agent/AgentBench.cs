using System.Text.Json;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running;
using Rlm.Recursion.Running.Agent;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Tests.Agent;

/// <summary>One session around a scripted model and files in memory.</summary>
internal sealed class AgentBench
{
    private readonly Recorder _trajectory = new();

    public AgentBench(ScriptedAgent model, FakeFiles? files = null, RecurseRequest? request = null, RecursionOptions? options = null, ContextScope? scope = null, int depth = 0, Limits? limits = null)
    {
        options ??= new();
        Files = files ?? new FakeFiles(("src/a.cs", "class A { int Max = 3; }"), ("src/b.cs", "class B { }"), ("other/secret.cs", "class Secret { }"));
        var state = new SessionState { Id = "s-root", Request = request ?? new("Where is Max?"), Scope = scope ?? ContextScope.Everything, BackEnd = "test", Depth = depth, Limits = limits ?? RecursionOptions.StandardLimits };
        Session = new(state, new Ledger(state.Limits, options.Time), _trajectory, _ => { });
        Run = new(Session, Files, new(model, model), options, new NoMemo());
        Model = model;
    }

    public ScriptedAgent Model { get; }

    public FakeFiles Files { get; }

    public Session Session { get; }

    public SessionRun Run { get; }

    public FakeChildren Children { get; } = new();

    public IReadOnlyList<TrajectoryEntry> Entries => _trajectory.Entries;

    public Func<JsonElement, JsonElement, string?> Schema { get; init; } = RequiredOnly;

    public SessionState State => Session.State;

    public async Task<SessionState> RunAsync(CancellationToken cancellationToken = default)
    {
        await AgentRun.RunAsync(Run, Children, new((schema, value) => Schema(schema, value), FakeFiles.Quote), cancellationToken);
        return State;
    }

    // Enough of a validator for these tests: required members, and whether a list is one.
    private static string? RequiredOnly(JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray())
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name.GetString()!, out _)) return $"{name} is missing";
        return value.ValueKind == JsonValueKind.Object && value.TryGetProperty("targets", out var targets) && targets.ValueKind != JsonValueKind.Array ? "targets is not a list" : null;
    }

    private sealed class Recorder : TrajectoryWriter
    {
        public List<TrajectoryEntry> Entries { get; } = [];

        public override TrajectoryEntry Append(TrajectoryEntry entry)
        {
            lock (Entries)
            {
                var numbered = entry with { Seq = Entries.Count + 1 };
                Entries.Add(numbered);
                return numbered;
            }
        }
    }

    private sealed class NoMemo : IMemo
    {
        public string? Find(string key) => null;

        public void Keep(string key, string value)
        {
        }
    }
}

/// <summary>Children that end at once, as a test says.</summary>
internal sealed class FakeChildren : IChildSessions
{
    public List<RecurseRequest> Requests { get; } = [];

    public Func<RecurseRequest, SessionState, SessionState> Reply { get; set; } = (_, state) => state with { Status = SessionStatus.Complete, Answer = new("child says", true) };

    public Task<SessionState> RunAsync(Session parent, RecurseRequest request, CancellationToken cancellationToken)
    {
        lock (Requests) Requests.Add(request);
        var state = new SessionState { Id = $"s-child{Requests.Count}", Request = request, Scope = parent.Scope.Narrowed(request.Over), BackEnd = "test", Depth = parent.State.Depth + 1 };
        return Task.FromResult(Reply(request, state));
    }
}
