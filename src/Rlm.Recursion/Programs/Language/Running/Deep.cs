using System.Runtime.CompilerServices;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Ends a descent into nested values before the stack does.</summary>
internal static class Deep
{
    /// <summary>Counts a level of nested values that are compared; disposed when it is done.</summary>
    public static Level Enter()
    {
        if (Machine.Current is { } machine) machine.Enter();
        else Check();
        return new Level(Machine.Current);
    }

    public static void Check()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw Raise.Error("RecursionError", "maximum recursion depth exceeded");
    }

    /// <summary>A level that was entered.</summary>
    public readonly ref struct Level(Machine? machine)
    {
        public void Dispose() => machine?.Leave();
    }
}
