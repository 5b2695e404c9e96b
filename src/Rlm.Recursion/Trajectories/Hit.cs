namespace Rlm.Recursion.Trajectories;

/// <summary>A secret in a text.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">After its last.</param>
/// <param name="Kind">What it looks like, for the mask; in words that name no secret themselves, so that a mask is never taken for the name of what follows.</param>
internal readonly record struct Hit(int Start, int End, string Kind);
