using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>A match.</summary>
internal sealed class PyMatch
{
    public static readonly Dictionary<string, Method> Methods = [];
    private readonly object _none = PyNone.Value;

    public object? Field(string name) => _none;

    public object Group(object index) => _none;

    public string Repr(Machine machine) => "<re.Match object>" + (_none is null);
}
