using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>A function of the program, with the defaults and the outer variables that it was made with.</summary>
internal sealed class PyFunction(Code code, object?[] defaults, Cell[] closure)
{
    public Code Code { get; } = code;

    /// <summary>One for each parameter, null where there is no default.</summary>
    public object?[] Defaults { get; } = defaults;

    public Cell[] Closure { get; } = closure;
}
