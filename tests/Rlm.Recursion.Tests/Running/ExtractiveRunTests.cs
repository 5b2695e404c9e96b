using System.Text.Json;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Tests.Running;

public class ExtractiveRunTests
{
    private static readonly Finding Found = new("a.cs:1-2@00000000", null, JsonSerializer.SerializeToElement(1), "text", []);

    [Fact]
    public void NothingFound_Failed() => Check(SessionStatus.Failed, "no ranked file in scope holds the words of the task", [], new(3, 3, 0, 0));

    [Fact]
    public void NothingRanked_SaysThatNothingWasLookedAt() => Check(SessionStatus.Failed, "no file in scope could be ranked (too large, or unreadable); search reads large files too", [], new(2, 0, 0, 2));

    [Fact]
    public void FilesLeftOut_Partial() => Check(SessionStatus.Partial, "2 files were not ranked", [Found], new(5, 3, 1, 1));

    [Fact]
    public void OneFileLeftOut_IsOne() => Check(SessionStatus.Partial, "1 file was not ranked", [Found], new(4, 3, 0, 1));

    [Fact]
    public void AllRanked_Complete() => Check(SessionStatus.Complete, null, [Found], new(5, 5, 0, 0));

    private static void Check(SessionStatus status, string? reason, IReadOnlyList<Finding> findings, Coverage coverage) => Assert.Equal((status, reason), ExtractiveRun.Judge(findings, coverage));
}
