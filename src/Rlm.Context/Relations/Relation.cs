namespace Rlm.Context.Relations;

/// <summary>What is asked about a symbol.</summary>
public enum Relation
{
    /// <summary>Every use of it.</summary>
    References,
    /// <summary>Where it is called; further on, where its callers are called.</summary>
    Callers,
    /// <summary>What it calls.</summary>
    Callees,
    /// <summary>Types that implement or extend it; of a member, the members of that name in them.</summary>
    Implementations,
    /// <summary>Members that override it.</summary>
    Overrides,
    /// <summary>What it derives from or implements; of a member, the members of that name there.</summary>
    Base,
    /// <summary>Types that derive from it.</summary>
    Derived,
    /// <summary>Where its value is read.</summary>
    Reads,
    /// <summary>Where it is assigned.</summary>
    Writes,
    /// <summary>Where it is made.</summary>
    Constructs,
    /// <summary>Tests whose body names it; further on, tests that name what names it.</summary>
    Tests,
}
