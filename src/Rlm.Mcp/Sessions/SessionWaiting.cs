using System.Globalization;
using Rlm.Context.Files;
using Rlm.Mcp.Tools;
using Rlm.Recursion;
using Rlm.Recursion.Sessions;

namespace Rlm.Mcp.Sessions;

/// <summary>Waits for a session on the calling thread, with progress every two seconds, and four times a second to a person who watches.</summary>
internal static class SessionWaiting
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2), Quick = TimeSpan.FromMilliseconds(250);

    public static SessionState Wait(RecursionEngine engine, string id, TimeSpan wait, Caller caller, ToolContext context, CancellationToken cancellationToken)
    {
        var ended = new Dictionary<string, SessionState>(StringComparer.Ordinal);
        var beat = context.Watched is null ? Slow : Quick;
        for (var left = wait; ; left -= beat)
        {
            var state = engine.WaitAsync(id, left < beat ? left : beat, caller, cancellationToken).GetAwaiter().GetResult();
            if (state.Status != SessionStatus.Running || left <= beat || engine.IsIdleProgram(state)) return state;
            context.Watched?.Invoke(engine.Watch(id, ended));
            var done = state.Coverage.Judged + state.Coverage.Failed;
            context.Progress?.Report(new(done, Math.Max(done, state.Coverage.Units), state.Mode == "map" ? "judging" : state.Mode) { Counted = "units", Detail = Words(state) });
        }
    }

    /// <summary>The same for the call that asked: cancelled while it waits, it cancels the session. One that had returned before goes on whatever happens to later waits.</summary>
    public static SessionState WaitOrCancel(RecursionEngine engine, string id, TimeSpan wait, Caller caller, ToolContext context, CancellationToken cancellationToken)
    {
        try
        {
            return Wait(engine, id, wait, caller, context, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            engine.Cancel(id);
            throw;
        }
    }

    // What a waiting person wants to know besides how far it is: what it costs so far.
    private static string Words(SessionState state) => string.Create(CultureInfo.InvariantCulture,
        $"{state.Spent.Calls:N0} calls, {state.Spent.Tokens:N0} tokens{(state.Spent.Usd > 0 ? string.Create(CultureInfo.InvariantCulture, $", {state.Spent.Usd:0.00##} USD") : "")}");
}
