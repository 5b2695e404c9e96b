using Rlm.Recursion.Budget;

namespace Rlm.Recursion.Tests.Budget;

public class DegradationTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.7999, 0)]
    [InlineData(0.8, 1)]
    [InlineData(0.85, 2)]
    [InlineData(0.9, 3)]
    [InlineData(7, 3)]
    [InlineData(double.NaN, 3)]
    public void Used_TakesStepsInOrder(double used, int steps) =>
        Assert.Equal("no new children; signatures instead of bodies; leaf model for the merge".Split("; ").Take(steps), Degradation.Due(used));

    [Theory]
    [InlineData(0.5, true, true, null)]
    [InlineData(0.5, false, true, Degradation.LeafMerge)]
    [InlineData(0.5, false, false, Degradation.CodeMerge)]
    [InlineData(0.91, true, true, Degradation.LeafMerge)]
    [InlineData(0.91, true, false, null)]
    [InlineData(0.99, false, false, Degradation.CodeMerge)]
    public void Merge_IsByWhoFits(double used, bool rootFits, bool leafFits, string? step) => Assert.Equal(step, Degradation.Merge(used, rootFits, leafFits));
}
