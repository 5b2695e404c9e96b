using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>The one value of <c>None</c>, and with another name those of <c>NotImplemented</c> and <c>Ellipsis</c>.</summary>
internal sealed class PyNone
{
    public static readonly PyNone Value = new("None"), NotImplemented = new("NotImplemented"), Ellipsis = new("Ellipsis");

    private PyNone(string name) => Name = name;

    public string Name { get; }
}
