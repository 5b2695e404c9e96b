using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>What has names of its own.</summary>
internal enum ScopeKind
{
    Module,
    Function,
    Comprehension,
    Class,
}
