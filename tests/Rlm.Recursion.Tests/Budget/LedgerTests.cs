using Rlm.Recursion.Budget;

namespace Rlm.Recursion.Tests.Budget;

public class LedgerTests
{
    private static readonly CallCost Call = new(1, 1_000, 200, 0.01m);

    [Fact]
    public void Settled_FreesTheRest()
    {
        var ledger = new Ledger(new() { Tokens = 2_000 }, new SteadyTime());
        ledger.Reserve(Call).Settle(new(1, 100, 20, 0.001m));
        Assert.Equal((new CallCost(1, 100, 20, 0.001m), default), (ledger.Spent, ledger.Reserved));
        Assert.NotNull(ledger.WhyNot(new(1, 1_881, 0, 0)));
        Assert.Null(ledger.WhyNot(new(1, 1_880, 0, 0)));
    }

    [Fact]
    public void Disposed_CountsAsSpentInFull()
    {
        var ledger = new Ledger(new(), new SteadyTime());
        ledger.Reserve(Call).Dispose();
        Assert.Equal((Call, default), (ledger.Spent, ledger.Reserved));
    }

    [Fact]
    public void EndedTwice_CountsOnce()
    {
        var ledger = new Ledger(new(), new SteadyTime());
        using (var reservation = ledger.Reserve(Call))
        {
            reservation.Release();
            reservation.Settle(Call);
        }
        Assert.Equal(default, ledger.Spent);
    }

    [Theory]
    [InlineData("calls")]
    [InlineData("tokens")]
    [InlineData("usd")]
    [InlineData("seconds")]
    public void NoRoom_NamesTheLimitAndBooksNothing(string kind)
    {
        var time = new SteadyTime();
        var limits = kind switch
        {
            "calls" => new Limits { Calls = 0 },
            "tokens" => new Limits { Tokens = 1_199 },
            "usd" => new Limits { Usd = 0.0099m },
            _ => new Limits { Seconds = 5 },
        };
        var root = new Ledger(new(), time);
        var ledger = root.Branch(limits);
        time.Pass(5);
        Assert.Equal(kind, Assert.Throws<BudgetSpentException>(() => ledger.Reserve(Call)).Kind);
        Assert.Equal((default, default), (root.Reserved, ledger.Reserved));
    }

    [Fact]
    public void Branch_IsBoundByThoseAbove()
    {
        var root = new Ledger(new() { Calls = 1 }, new SteadyTime());
        var (left, right) = (root.Branch(new()), root.Branch(new() { Calls = 100 }));
        using var taken = left.Reserve(Call);
        Assert.Equal("calls", right.WhyNot(Call)?.Kind);
    }

    [Theory]
    [InlineData(-1, 100, 0)]
    [InlineData(100, -1, 0)]
    [InlineData(long.MaxValue, long.MaxValue, 0)]
    [InlineData(9_999_999, 1, 0)]
    [InlineData(100, 20, -1)]
    public void AbsurdUsage_CountsAsReserved(long input, long output, int usd)
    {
        var ledger = new Ledger(new(), new SteadyTime());
        ledger.Reserve(Call).Settle(new(1, input, output, usd));
        Assert.Equal((Call, default), (ledger.Spent, ledger.Reserved));
        Assert.Null(ledger.WhyNot(Call));
    }

    [Fact]
    public void PlausibleUsageAboveReserve_IsBookedInFullAndStopsTheTree()
    {
        var root = new Ledger(new() { Tokens = 1_000_000 }, new SteadyTime());
        var (left, right) = (root.Branch(new()), root.Branch(new()));
        var pending = right.Reserve(Call);
        left.Reserve(Call).Settle(new(1, 1_000, 5_000, 0.01m));
        Assert.Equal(6_000, root.Spent.Tokens);
        Assert.Equal("overrun", right.WhyNot(Call)?.Kind);
        Assert.Contains("6,000 tokens, above the 1,200", right.WhyNot(Call)!.Message, StringComparison.Ordinal);
        Assert.Equal(1, right.Used);
        pending.Settle(Call);
        Assert.Equal(default, root.Reserved);
    }

    [Theory]
    [InlineData(long.MaxValue, 0)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(-5, 10)]
    public void AbsurdWorstCase_IsRefused(long input, long output) =>
        Assert.Throws<BudgetSpentException>(() => new Ledger(new() { Tokens = 1_000 }, new SteadyTime()).Reserve(new(1, input, output, 0)));

    [Fact]
    public void KeptBack_IsKeptFromTheWholeTreeAndGoesToItsOwnerOnly()
    {
        var root = new Ledger(new() { Calls = 3 }, new SteadyTime());
        var (left, right) = (root.Branch(new()), root.Branch(new()));
        Assert.True(left.KeepBack(Call));
        using var first = right.Reserve(Call);
        using var second = left.Reserve(Call);
        Assert.NotNull(left.WhyNot(Call));
        left.ClaimKeptBack();
        Assert.NotNull(right.WhyNot(Call));
        Assert.NotNull(left.Branch(new()).WhyNot(Call));
        using var merge = left.Reserve(Call);
        Assert.Equal((default, 3L), (root.KeptBack, root.Reserved.Calls));
        Assert.NotNull(left.WhyNot(Call));
    }

    [Fact]
    public void KeptBack_BeyondTheLimits_IsRefused()
    {
        var root = new Ledger(new() { Tokens = 2_000 }, new SteadyTime());
        var branch = root.Branch(new());
        Assert.True(branch.KeepBack(Call));
        Assert.False(branch.KeepBack(Call));
        branch.ReleaseKeptBack();
        Assert.Equal((default, default), (root.KeptBack, branch.KeptBack));
        Assert.Null(root.WhyNot(Call));
    }

    [Fact]
    public void Restarted_GoesOnWhereItStopped()
    {
        var time = new SteadyTime();
        var root = new Ledger(new() { Calls = 3, Seconds = 100 }, time, new(2, 10, 10, 0), 60);
        var branch = root.Branch(new() { Calls = 1 }, new(1, 5, 5, 0), 10);
        Assert.Equal("calls", branch.WhyNot(Call)?.Kind);
        time.Pass(30);
        Assert.Equal((90, 40, 10.0), (root.Seconds, branch.Seconds, branch.SecondsLeft));
        time.Pass(30);
        Assert.Equal(("seconds", 0.0), (root.WhyNot(Call)?.Kind, root.SecondsLeft));
    }

    [Fact]
    public void Used_IsOfTheNearestLimitHereOrAbove()
    {
        var time = new SteadyTime();
        var root = new Ledger(new() { Calls = 10, Seconds = 100 }, time);
        var branch = root.Branch(new() { Tokens = 2_400 });
        using var call = branch.Reserve(Call);
        Assert.Equal((0.1, 0.5), (root.Used, branch.Used));
        time.Pass(70);
        Assert.Equal((0.7, 0.7), (root.Used, branch.Used));
    }

    [Fact]
    public async Task SixtyFourChildrenAtOnce_OvershootNothing()
    {
        for (var run = 0; run < 50; run++)
        {
            var root = new Ledger(new() { Calls = 40, Tokens = 30_000 }, new SteadyTime());
            var settled = 0L;
            await Task.WhenAll(Enumerable.Range(0, 64).Select(child => Task.Run(async () =>
            {
                var branch = root.Branch(new() { Calls = 2 });
                for (var call = 0; call < 3 && branch.WhyNot(Call) is null; call++)
                    try
                    {
                        using var reservation = branch.Reserve(Call);
                        await Task.Yield();
                        var actual = new CallCost(1, 500 + child, 200, 0.001m);
                        reservation.Settle(actual);
                        Interlocked.Add(ref settled, actual.Tokens);
                    }
                    catch (BudgetSpentException)
                    {
                        // Another child was faster.
                    }
            })));
            Assert.True(root.Spent is { Calls: <= 40, Tokens: <= 30_000 }, root.Spent.ToString());
            Assert.Equal((settled, default), (root.Spent.Tokens, root.Reserved));
        }
    }
}
