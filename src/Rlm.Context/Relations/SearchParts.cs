using Rlm.Context.Binding;

namespace Rlm.Context.Relations;

/// <summary>What the steps of one search share.</summary>
/// <param name="Store">The store.</param>
/// <param name="Query">What is asked.</param>
/// <param name="TypeNames">Names known as those of types; grows with the steps.</param>
/// <param name="Scan">Finds sites by name.</param>
/// <param name="Enclosers">Finds the symbols around them.</param>
/// <param name="Resolver">Finds declarations by name.</param>
/// <param name="Deadline">When to stop.</param>
/// <param name="Cancellation">Ends it with no result.</param>
internal sealed record SearchParts(ContextStore Store, RelationQuery Query, ISet<string> TypeNames, UseScan Scan, Enclosers Enclosers, NameResolver Resolver, Deadline Deadline, CancellationToken Cancellation)
{
    /// <summary>Most names that one step goes on with.</summary>
    public const int MaxNames = 100;

    /// <summary>Names that were not followed any more.</summary>
    public int StepsLeft { get; set; }

    /// <summary>Binding was not ready in time.</summary>
    public bool IsBindingLate { get; set; }

    /// <summary>Says, once, that something could not be bound.</summary>
    public void Tell(BindingRefusal why)
    {
        IsBindingLate |= why.IsLate;
        if (!Notes.Contains(why.ToString())) Notes.Add(why.ToString());
    }

    /// <summary>Sentences for the answer.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The names to go on with, those beyond the limit counted.</summary>
    public IReadOnlyList<string> Next(IEnumerable<string> names, HashSet<string> visited)
    {
        var fresh = names.Where(name => WordPlaces.IsIdentifier(name) && !visited.Contains(name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var taken = Deadline.IsOver() ? [] : fresh.Take(MaxNames).ToArray();
        StepsLeft += fresh.Length - taken.Length;
        if (fresh.Length > taken.Length && taken.Length > 0) Notes.Add($"a step of {fresh.Length:N0} names was followed for the first {MaxNames}");
        visited.UnionWith(taken);
        return taken;
    }
}
