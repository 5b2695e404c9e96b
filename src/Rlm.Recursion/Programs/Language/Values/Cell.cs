using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>A variable that several functions share, or a global; null while it is not bound.</summary>
internal sealed class Cell
{
    public object? Value;
}
