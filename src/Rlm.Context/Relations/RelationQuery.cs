using Rlm.Context.Scopes;

namespace Rlm.Context.Relations;

/// <summary>A question about symbols.</summary>
/// <param name="Symbols">As the caller wrote them: symbols, handles, <c>path:line</c>, or names that are declared nowhere here.</param>
/// <param name="Relation">What is asked.</param>
/// <param name="Depth">How many steps, from 1.</param>
/// <param name="Deadline">When to stop looking; what was not looked at is counted.</param>
/// <param name="Scope">Where sites may lie; symbols may be declared anywhere.</param>
public sealed record RelationQuery(IReadOnlyList<string> Symbols, Relation Relation, int Depth, TimeSpan Deadline, Scope Scope);
