using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Models;
using Rlm.Recursion.Running;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Tests.Doubles;

/// <summary>A session to run a mode in, all in memory.</summary>
internal sealed class RunBuilder
{
    public FakeContext Context { get; init; } = new();

    public required ModelCalls Leaf { get; init; }

    public ModelCalls? Root { get; init; }

    public KeptMemo Memo { get; init; } = new();

    public MemoryTrajectory Trajectory { get; } = new();

    public Limits Limits { get; init; } = RecursionOptions.StandardLimits;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public List<SessionState> Saved { get; } = [];

    public SessionRun Run(RecurseRequest request)
    {
        var scope = ContextScope.Everything.Narrowed(request.Over);
        var state = new SessionState { Id = "s-test", Request = request, Scope = scope, BackEnd = "scripted:model", Limits = Limits };
        var session = new Session(state, new(Limits, Time), Trajectory, Saved.Add);
        return new(session, Context, new(Root ?? Leaf, Leaf), new() { Time = Time }, Memo);
    }
}
