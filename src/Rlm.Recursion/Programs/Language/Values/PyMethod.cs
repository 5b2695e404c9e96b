namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>A function of the program bound to its first argument.</summary>
internal sealed class PyMethod(object self, object function)
{
    public object Self { get; } = self;

    public object Function { get; } = function;
}
