using Rlm.Recursion.Context;
using Rlm.Recursion.Models;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running;

/// <summary>What a mode has to work with.</summary>
/// <param name="Session">The session that it runs; the mode ends it by <see cref="Session.Update"/>.</param>
/// <param name="Context">The world outside.</param>
/// <param name="Models">The models; null for back ends without any.</param>
/// <param name="Options">The operator's decisions.</param>
/// <param name="Memo">Finished work of earlier runs.</param>
internal sealed record SessionRun(Session Session, ISessionContext Context, ModelSet? Models, RecursionOptions Options, IMemo Memo);
