using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Sessions;

/// <summary>One session of a tree that somebody watches.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Level">0 for the one that was asked for.</param>
/// <param name="Latest">What it did last, when this process runs it; null before it did anything.</param>
public sealed record SessionGlance(SessionState State, int Level, TrajectoryEntry? Latest);
