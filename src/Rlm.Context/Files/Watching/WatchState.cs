namespace Rlm.Context.Files.Watching;

/// <summary>How the store learns of changes, for <c>doctor</c>.</summary>
/// <param name="IsLive">True when every folder is watched: an answer then needs no scan.</param>
/// <param name="Reason">Why not, in words for the operator; what it watches when it does.</param>
public sealed record WatchState(bool IsLive, string Reason);
