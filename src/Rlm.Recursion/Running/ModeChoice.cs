using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Planning;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running;

/// <summary>Decides how a session runs, before anything is spent, and ends it at once where nothing needs to run.</summary>
internal static class ModeChoice
{
    /// <summary>Writes the choice into the session.</summary>
    /// <exception cref="RecursionException">An expression of the scope is wrong.</exception>
    public static void Make(SessionRun run, Caller caller, bool callerReads, ScopeSize size, CancellationToken cancellationToken)
    {
        var session = run.Session;
        if (caller.BackEnd == "extractive")
        {
            session.Update(state => state with { Mode = state.Request.Mode });
            return;
        }
        var choice = Gate.Choose(session.Request, session.Scope, run.Context, callerReads, cancellationToken);
        session.Update(state => Chosen(state, choice));
    }

    private static SessionState Chosen(SessionState state, GateChoice choice) => choice.Mode switch
    {
        "store" => state with { Mode = "store", ModeReason = choice.Reason, Status = SessionStatus.Complete, Answer = new(choice.Answer ?? "", true) },
        "none" => state with { Mode = "none", ModeReason = choice.Reason, Status = SessionStatus.Complete, Answer = new(string.Join('\n', choice.Handles), false) },
        _ => state with { Mode = choice.Mode, ModeReason = choice.Reason },
    };
}
