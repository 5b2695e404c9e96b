using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>A function of the program bound to its first argument.</summary>
internal sealed class PyMethod(object self, object function)
{
    public object Self { get; } = self;

    public object Function { get; } = function;
}
