using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Models;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Tests.Models;

/// <summary>A session with a budget and a trajectory in memory, and calls on a model.</summary>
internal sealed class PaidCallsHarness
{
    public static readonly ChatMessage[] Question = [new(ChatRole.System, "You judge code."), new(ChatRole.User, "Is it safe?")];

    public PaidCallsHarness(IChatClient client, Limits? limits = null, TimeProvider? time = null, Func<Model, Model>? change = null, Func<double>? random = null, int width = 8)
    {
        Time = time ?? TimeProvider.System;
        Ledger = new(limits ?? new() { Calls = 64, Tokens = 2_000_000, Seconds = 300 }, Time);
        var model = new Model("anthropic:scripted", client) { OutputLimit = 1000 };
        Session = new(new() { Id = "s-test", Request = new("q"), Scope = ContextScope.Everything, BackEnd = "test" }, Ledger, new Recorder(Entries), _ => { });
        Traffic = new(width, Time, random ?? (() => 0.5));
        Calls = new(change is null ? model : change(model), Traffic, Time);
    }

    public TimeProvider Time { get; }

    public Ledger Ledger { get; }

    public Session Session { get; }

    public Traffic Traffic { get; }

    public PaidCalls Calls { get; }

    public List<TrajectoryEntry> Entries { get; } = [];

    public Task<ChatResponse> AskAsync(CancellationToken cancellationToken = default) => Calls.SendAsync(Session, "leaf", Question, new(), cancellationToken);

    public async Task<ModelFaultException> FaultAsync() => await Assert.ThrowsAsync<ModelFaultException>(() => AskAsync());

    private sealed class Recorder(List<TrajectoryEntry> entries) : TrajectoryWriter
    {
        public override TrajectoryEntry Append(TrajectoryEntry entry)
        {
            lock (entries)
            {
                entry = entry with { Seq = entries.Count + 1 };
                entries.Add(entry);
                return entry;
            }
        }
    }
}
