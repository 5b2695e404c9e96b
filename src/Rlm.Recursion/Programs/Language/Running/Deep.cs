using System.Runtime.CompilerServices;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Ends a descent into nested values before the stack does.</summary>
internal static class Deep
{
    public static void Check()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw Raise.Error("RecursionError", "maximum recursion depth exceeded");
    }
}
