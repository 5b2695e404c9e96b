using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>A compiled pattern.</summary>
internal sealed class PyPattern
{
    public static readonly Dictionary<string, Method> Methods = [];
    private readonly object _none = PyNone.Value;

    public object? Field(string name) => _none;

    public string Repr(Machine machine) => "re.compile()" + (_none is null);
}
