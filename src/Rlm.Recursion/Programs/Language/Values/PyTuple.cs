using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>A tuple; a named one has its type, whose field names are in order.</summary>
internal sealed class PyTuple(object[] items, PyClass? type = null)
{
    public static readonly PyTuple Empty = new([]);

    public object[] Items { get; } = items;

    /// <summary>The type that <c>namedtuple</c> made; null for plain tuples.</summary>
    public PyClass? Type { get; } = type;

    public static PyTuple Of(params object[] items) => new(items);
}
