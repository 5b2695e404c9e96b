using System.Collections.Concurrent;
using Rlm.Recursion.Budget;

namespace Rlm.Recursion.Tests.Budget;

/// <summary>Random trees of ledgers: alone against an oracle that adds everything up again at every step, and from 32 tasks at once against the one promise.</summary>
public class LedgerModelTests
{
    [Fact]
    public void RandomSteps_AgreeWithAddingUp()
    {
        for (var seed = 0; seed < Rounds.Of(10_000); seed++)
        {
            var random = new Random(seed);
            var oracle = new LedgerOracle(RandomLimits(random));
            for (var step = 0; step < 60; step++) oracle.Step(random, $"seed {seed}, step {step}");
            oracle.End($"seed {seed}");
        }
    }

    [Fact]
    public async Task RandomStepsFrom32Tasks_NeverExceedALimit()
    {
        for (var seed = 0; seed < Rounds.Of(10_000); seed++)
        {
            var (random, time) = (new Random(seed), new SteadyTime());
            var root = new Ledger(RandomLimits(random), time);
            var ledgers = new List<Ledger> { root };
            for (var branch = 0; branch < 7; branch++) ledgers.Add(ledgers[random.Next(ledgers.Count)].Branch(RandomLimits(random)));
            var settled = new ConcurrentBag<CallCost>();
            var broken = new ConcurrentBag<string>();
            await Task.WhenAll(Enumerable.Range(0, 32).Select(task => Task.Run(() => PlayAsync(new Random((seed * 32) + task), ledgers, settled, broken))));
            foreach (var ledger in ledgers) ledger.ReleaseKeptBack();
            Assert.True(broken.IsEmpty, $"seed {seed}: {string.Join("; ", broken.Distinct().Take(3))}");
            Assert.All(ledgers, ledger => Assert.Equal((default, default), (ledger.Reserved, ledger.KeptBack)));
            Assert.Equal(settled.Aggregate(default(CallCost), (sum, cost) => sum + cost), root.Spent);
        }
    }

    private static async Task PlayAsync(Random random, List<Ledger> ledgers, ConcurrentBag<CallCost> settled, ConcurrentBag<string> broken)
    {
        for (var step = 0; step < 8; step++)
        {
            var ledger = ledgers[random.Next(ledgers.Count)];
            switch (random.Next(6))
            {
                case 0:
                    ledger.KeepBack(RandomCost(random));
                    break;
                case 1:
                    ledger.ClaimKeptBack();
                    break;
                case 2:
                    ledger.ReleaseKeptBack();
                    break;
                default:
                    if (ledger.WhyNot(RandomCost(random)) is null) await CallAsync(random, ledger, settled);
                    break;
            }
            foreach (var each in ledgers)
                if (each.Held is var held && !Fits(held, each.Limits)) broken.Add($"{held} of {each.Limits}");
        }
    }

    private static async Task CallAsync(Random random, Ledger ledger, ConcurrentBag<CallCost> settled)
    {
        try
        {
            using var reservation = ledger.Reserve(RandomCost(random));
            // Others go on while this call is under way.
            await Task.Yield();
            var (worst, end) = (reservation.Worst, random.Next(3));
            var actual = end == 0 ? default : end == 1 ? worst : new(worst.Calls, random.NextInt64(worst.InputTokens + 1), random.NextInt64(worst.OutputTokens + 1), worst.Usd / 2);
            if (end == 0) reservation.Release();
            else if (end == 2) reservation.Settle(actual);
            settled.Add(actual);
        }
        catch (BudgetSpentException)
        {
            // No room, which is what limits are for.
        }
    }

    internal static bool Fits(CallCost held, Limits limits) => !(held.Calls > limits.Calls || held.Tokens > limits.Tokens || held.Usd > limits.Usd) && !held.IsAbsurd;

    internal static CallCost RandomCost(Random random) => new(random.Next(3), random.Next(400), random.Next(100), random.Next(50) / 1_000m);

    internal static Limits RandomLimits(Random random) => new()
    {
        Calls = random.Next(3) == 0 ? null : random.Next(25),
        Tokens = random.Next(3) == 0 ? null : random.Next(5_000),
        Usd = random.Next(3) == 0 ? null : random.Next(500) / 1_000m,
    };
}
