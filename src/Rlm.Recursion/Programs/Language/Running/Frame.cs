using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>One running call: its variables by slot, and where it is.</summary>
internal sealed class Frame(Machine machine, string name, object?[] slots)
{
    public readonly Machine Machine = machine;

    /// <summary>Values; for variables shared with inner functions their <see cref="Cell"/>; null while not bound.</summary>
    public readonly object?[] Slots = slots;

    public string Name { get; } = name;

    /// <summary>One-based line of what runs.</summary>
    public int Line;

    /// <summary>What <c>return</c> gave.</summary>
    public object Result = PyNone.Value;

    /// <summary>What the generator in a <c>yield from</c> returned.</summary>
    public object YieldFromResult = PyNone.Value;

    /// <summary>How the last statement of a generator ended.</summary>
    public Syntax.Flow Ended;

    /// <summary>The names of a class while its body runs.</summary>
    public PyDict? ClassBody { get; init; }

    /// <summary>The value of the last expression statement at the top level.</summary>
    public object? LastValue { get; set; }
}
