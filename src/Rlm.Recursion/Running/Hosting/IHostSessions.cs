using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running.Hosting;

/// <summary>What host mode needs of the engine: child sessions that sub-agents of the client run, and not this process.</summary>
internal interface IHostSessions
{
    /// <summary>Opens and keeps a child with status <see cref="SessionStatus.NeedsHost"/>, one deeper, with the parent's scope narrowed by the request's and a branch of its budget.</summary>
    /// <exception cref="RecursionException">Refused: depth or scope.</exception>
    Session Open(Session parent, RecurseRequest request);

    /// <summary>A child, also after a restart; null when there is none of that id.</summary>
    Session? Find(string id);

    /// <summary>Handles that tool calls under the session have shown.</summary>
    IReadOnlyCollection<string> Shown(string id);
}
