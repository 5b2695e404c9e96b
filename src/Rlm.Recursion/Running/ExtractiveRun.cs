using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running;

/// <summary>
/// The back end that needs no model: it asks the store for ranked regions and hands them on as quoted evidence. Spends no call and no token.
/// </summary>
public static class ExtractiveRun
{
    /// <summary>How a run that found this ends.</summary>
    /// <param name="findings">Regions, best first.</param>
    /// <param name="coverage">Over the files in scope.</param>
    public static (SessionStatus Status, string? Reason) Judge(IReadOnlyList<Finding> findings, Coverage coverage)
    {
        var left = coverage.Skipped + coverage.Failed;
        if (findings.Count == 0)
            return (SessionStatus.Failed, coverage.Judged == 0 && coverage.Units > 0 ? "no file in scope could be ranked (too large, or unreadable); search reads large files too" : "no ranked file in scope holds the words of the task");
        return left == 0 ? (SessionStatus.Complete, null) : (SessionStatus.Partial, left == 1 ? "1 file was not ranked" : $"{left} files were not ranked");
    }
}
