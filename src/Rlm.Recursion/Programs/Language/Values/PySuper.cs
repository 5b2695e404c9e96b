using Rlm.Recursion.Programs.Language.Running;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>What <c>super()</c> gives: members are looked for from the parent class on.</summary>
internal sealed class PySuper(object self, PyClass start)
{
    public object Self { get; } = self;

    public PyClass Start { get; } = start;

    /// <summary>A member of the parent class, bound to the instance; exceptions have an <c>__init__</c> of their own.</summary>
    public object? Find(Machine machine, string name)
    {
        if (Start.Find(name) is { } member) return Attributes.Bound(machine, member, Self, Start);
        if (name != "__init__") return null;
        return new PyNative(name, (_, args) =>
        {
            if (Self is PyException exception) exception.Arguments = new PyTuple(args.Positional.ToArray());
            return PyNone.Value;
        });
    }
}
