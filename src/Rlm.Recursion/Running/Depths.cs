namespace Rlm.Recursion.Running;

/// <summary>How deep sessions may go: with a limit of d, depths 0 to d exist, and none below.</summary>
internal static class Depths
{
    /// <summary>Deepest session that the limits of a session allow.</summary>
    public static int Deepest(SessionRun run)
    {
        int?[] limits = [run.Session.State.Limits.Depth, run.Session.Ledger.Limits.Depth, run.Options.Limits.Depth, RecursionOptions.HardDepth];
        return limits.Min() ?? 0;
    }

    /// <summary>Whether a session may have children.</summary>
    public static bool MayDescend(SessionRun run) => run.Session.State.Depth < Deepest(run);
}
