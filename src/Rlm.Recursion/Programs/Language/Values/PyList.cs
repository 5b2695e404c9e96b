using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>A list. Whoever makes it grow has charged for it.</summary>
internal sealed class PyList(List<object> items)
{
    /// <summary>Bytes accounted for each element: its place, and a small value in it.</summary>
    public const int ElementBytes = 32;

    public PyList() : this([])
    {
    }

    public List<object> Items { get; set; } = items;
}
