using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>A <c>collections.deque</c>; with a maximum it drops elements at the other end.</summary>
internal sealed class PyDeque(int? maximum)
{
    public int? Maximum { get; } = maximum;

    public LinkedList<object> Items { get; } = new();
}
