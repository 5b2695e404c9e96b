namespace Rlm.Recursion.Tests;

public class ExtractiveRunTests
{
    private static readonly Finding Found = new("a.cs:1-2@00000000", null, 1, "text", []);

    [Fact]
    public void NothingFound_Failed() => Check(SessionStatus.Failed, "no ranked file in scope holds the words of the task", [], new(3, 3, 0, 0));

    [Fact]
    public void NothingRanked_SaysThatNothingWasLookedAt() => Check(SessionStatus.Failed, "no file in scope could be ranked (too large, or unreadable); search reads large files too", [], new(2, 0, 0, 2));

    [Fact]
    public void FilesLeftOut_Partial() => Check(SessionStatus.Partial, "2 files were not ranked", [Found], new(5, 3, 1, 1));

    [Fact]
    public void OneFileLeftOut_IsOneFile() => Check(SessionStatus.Partial, "1 file was not ranked", [Found], new(5, 4, 1, 0));

    [Fact]
    public void AllRanked_Complete() => Check(SessionStatus.Complete, null, [Found], new(5, 5, 0, 0));

    private static void Check(SessionStatus status, string? reason, IReadOnlyList<Finding> findings, Coverage coverage)
    {
        var result = ExtractiveRun.Run("task", task => task == "task" ? (findings, coverage) : throw new InvalidOperationException(task));
        Assert.Equal((status, reason), (result.Status, result.Reason));
        Assert.Same(findings, result.Findings);
        Assert.Equal(coverage, result.Coverage);
    }
}
