using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>A class member that <c>@property</c>, <c>@staticmethod</c> or <c>@classmethod</c> wrapped.</summary>
internal sealed class PyDescriptor(string kind, object function)
{
    public string Kind { get; } = kind;

    public object Function { get; } = function;

    /// <summary>What assigns to a property; null when nothing does.</summary>
    public object? Setter { get; init; }
}
