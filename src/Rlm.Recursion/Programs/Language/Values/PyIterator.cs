using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>Something that gives one value after the other.</summary>
internal abstract class PyIterator(string type)
{
    /// <summary>The Python type's name, such as <c>list_iterator</c>.</summary>
    public string Type { get; } = type;

    public abstract bool Next(Machine machine, out object value);
}
