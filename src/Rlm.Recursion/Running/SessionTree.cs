using System.Collections.Concurrent;
using System.Text.Json;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Models;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running;

/// <summary>What all sessions below one root share.</summary>
/// <param name="ledger">The root's.</param>
/// <param name="models">Null for back ends without any.</param>
/// <param name="caller">Who asked.</param>
internal sealed class SessionTree(Ledger ledger, ModelSet? models, Caller caller)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<SessionState>>> _work = new(StringComparer.Ordinal);

    /// <summary>The root's.</summary>
    public Ledger Ledger => ledger;

    /// <summary>Null for back ends without any.</summary>
    public ModelSet? Models => models;

    /// <summary>Who asked.</summary>
    public Caller Caller => caller;

    /// <summary>Runs a child once for all who ask the same of the same scope at the same depth: a session above is never joined, which would wait for itself. What came to no whole answer is run anew.</summary>
    /// <param name="child">As it would begin.</param>
    /// <param name="run">Runs it to its end.</param>
    public async Task<SessionState> JoinAsync(SessionState child, Func<Task<SessionState>> run)
    {
        var key = string.Join('\n', child.Depth, JsonSerializer.Serialize(child.Request), JsonSerializer.Serialize(child.Scope.Layers));
        var work = _work.GetOrAdd(key, _ => new(run));
        var isWhole = false;
        try
        {
            var state = await work.Value.ConfigureAwait(false);
            isWhole = state.Status == SessionStatus.Complete;
            return state;
        }
        finally
        {
            if (!isWhole) _work.TryRemove(KeyValuePair.Create(key, work));
        }
    }
}
