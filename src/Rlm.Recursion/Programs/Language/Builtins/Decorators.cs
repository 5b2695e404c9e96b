using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>The decorators that need no import.</summary>
internal static class Decorators
{
    public static readonly Dictionary<string, Native> All = new()
    {
        ["property"] = (_, args) => new PyDescriptor("property", args.One("property")),
        ["staticmethod"] = (_, args) => new PyDescriptor("staticmethod", args.One("staticmethod")),
        ["classmethod"] = (_, args) => new PyDescriptor("classmethod", args.One("classmethod")),
        ["super"] = (_, _) => throw Refuse.Here(Refusals.Option, "super with arguments, or outside of a method"),
    };
}
