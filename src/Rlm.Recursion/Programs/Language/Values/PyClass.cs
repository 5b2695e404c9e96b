using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>A type: one of ours, shared by all programs and never changed, or one that the program made.</summary>
internal sealed class PyClass(string name, PyClass? parent)
{
    public string Name { get; } = name;

    /// <summary>With the functions and classes around it, as <c>repr</c> shows it.</summary>
    public string FullName { get; init; } = name;

    public PyClass? Parent { get; } = parent;

    /// <summary>What the program's class body defined; null for our own types.</summary>
    public PyDict? Members { get; init; }

    /// <summary>Makes a value of one of our own types; null when calling it is refused or means an instance.</summary>
    public Native? Construct { get; set; }

    /// <summary>The fields of a named tuple or data class, in order.</summary>
    public IReadOnlyList<string>? Fields { get; set; }

    /// <summary>Whether instances are hashed and written by their fields (<c>@dataclass</c>).</summary>
    public DataClass? Data { get; set; }

    public bool IsNamedTuple { get; init; }

    public bool Is(PyClass other)
    {
        for (var type = this; type is not null; type = type.Parent)
            if (ReferenceEquals(type, other)) return true;
        return false;
    }

    /// <summary>The member as the nearest class in the line defines it; null when none does.</summary>
    public object? Find(string member)
    {
        for (var type = this; type is not null; type = type.Parent)
            if (type.Members is { } members && members.TryGet(member, out var value)) return value;
        return null;
    }

    /// <summary>Whether values of it are exceptions.</summary>
    public bool IsException => Is(ExceptionTypes.BaseException);
}
