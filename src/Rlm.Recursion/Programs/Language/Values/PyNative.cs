using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>A function of ours.</summary>
internal delegate object Native(Machine machine, Args args);

/// <summary>A function of ours as a value. Bound to a receiver it writes itself as a method.</summary>
internal sealed class PyNative(string name, Native body, object? receiver = null)
{
    public string Name { get; } = name;

    public Native Body { get; } = body;

    public object? Receiver { get; } = receiver;
}
