using Rlm.Recursion.Programs.Language.Modules;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>The one value of <c>None</c>, and with another name those of <c>NotImplemented</c> and <c>Ellipsis</c>.</summary>
internal sealed class PyNone
{
    public static readonly PyNone Value = new("None"), NotImplemented = new("NotImplemented"), Ellipsis = new("Ellipsis");

    private PyNone(string name) => Name = name;

    public string Name { get; }
}
