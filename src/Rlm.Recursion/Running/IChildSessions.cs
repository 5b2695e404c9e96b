using Rlm.Recursion.Programs;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running;

/// <summary>What an agent needs of the engine: sessions below its own.</summary>
internal interface IChildSessions
{
    /// <summary>Runs a child to its end, one deeper, on a branch of the parent's budget and with the parent's scope narrowed by the request's. Identical running or finished work is joined.</summary>
    /// <exception cref="RecursionException">Refused before anything ran: depth, scope, or a wrong request.</exception>
    /// <exception cref="Budget.BudgetSpentException">No room in the budget.</exception>
    Task<SessionState> RunAsync(Session parent, RecurseRequest request, CancellationToken cancellationToken);

    /// <summary>What programs run on; null where none can.</summary>
    EngineReport? Programs => null;

    /// <summary>Runs a program of a session that is at work, on the calling thread.</summary>
    /// <exception cref="RecursionException">No engine, or no worker.</exception>
    ProgramReport RunProgram(SessionRun run, string code, TimeSpan time, CancellationToken cancellationToken) => throw new RecursionException("not_available", "programs have no engine here", "Use the other tools.");
}
