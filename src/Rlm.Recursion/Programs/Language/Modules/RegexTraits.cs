using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>What a pattern uses whose meaning depends on the text: <c>\b</c>, classes of letters and digits, ignoring case.</summary>
[Flags]
internal enum RegexTraits
{
    None = 0,
    Boundary = 1,
    NotBoundary = 2,
    Classes = 4,
    Fold = 8,
}
