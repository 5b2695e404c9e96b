namespace Rlm.Recursion;

/// <summary>
/// The back end that needs no model: it asks the store for ranked regions and hands them on as quoted evidence. Spends no call and no token.
/// </summary>
public static class ExtractiveRun
{
    /// <summary>Runs one question.</summary>
    /// <param name="task">The question.</param>
    /// <param name="search">The store's ranking: findings best first, and what was covered.</param>
    public static SessionResult Run(string task, Func<string, (IReadOnlyList<Finding> Findings, Coverage Coverage)> search)
    {
        var (findings, coverage) = search(task);
        if (findings.Count == 0) return new(SessionStatus.Failed, coverage.Judged == 0 && coverage.Units > 0 ? "no file in scope could be ranked (too large, or unreadable); search reads large files too" : "no ranked file in scope holds the words of the task", findings, coverage);
        return (coverage.Skipped + coverage.Failed) switch
        {
            0 => new(SessionStatus.Complete, null, findings, coverage),
            1 => new(SessionStatus.Partial, "1 file was not ranked", findings, coverage),
            var left => new(SessionStatus.Partial, $"{left} files were not ranked", findings, coverage),
        };
    }
}
