using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Something of Python that the built-in engine refuses, and the nearest form that it runs.</summary>
/// <param name="What">The refused thing, as the subject of a sentence.</param>
/// <param name="Instead">What to write instead, as an imperative.</param>
public sealed record Refusal(string What, string Instead);
