namespace Rlm.Recursion.Models;

/// <summary>The models of a run.</summary>
/// <param name="Root">For asking, agents and merging.</param>
/// <param name="Leaf">For the leaves of maps; the same where the operator named one model only.</param>
public sealed record ModelSet(ModelCalls Root, ModelCalls Leaf);
