using Rlm.Recursion.Budget;
using Rlm.Recursion.Models;

namespace Rlm.Recursion.Running;

/// <summary>What all sessions below one root share.</summary>
/// <param name="Ledger">The root's.</param>
/// <param name="Models">Null for back ends without any.</param>
/// <param name="Caller">Who asked.</param>
internal sealed record SessionTree(Ledger Ledger, ModelSet? Models, Caller Caller);
