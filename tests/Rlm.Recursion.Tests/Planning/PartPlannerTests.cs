using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Planning;

namespace Rlm.Recursion.Tests.Planning;

public class PartPlannerTests
{
    [Fact]
    public void NoUnits_NoPart() => Assert.Empty(PartPlanner.Plan([]).Parts);

    [Fact]
    public void SmallScope_IsOnePart() => Assert.Single(PartPlanner.Plan([Some("a.cs", 100), Some("b.cs", 100)]).Parts);

    [Fact]
    public void OneUnitTooLarge_IsAPartOfItsOwnAndMarked()
    {
        var parts = PartPlanner.Plan([Some("a.cs", 4), Some("b.cs", 4_000), Some("c.cs", 4)], 100).Parts;
        Assert.Equal([false, true, false], parts.Select(part => part.IsOversized));
    }

    [Fact]
    public void Cuts_FallWhereFoldersEnd()
    {
        var parts = PartPlanner.Plan([.. Enumerable.Range(0, 5).Select(at => Some($"api/{at}.cs", 100)), .. Enumerable.Range(0, 6).Select(at => Some($"core/{at}.cs", 100))], 175).Parts;
        Assert.Equal([5, 6], parts.Select(part => part.Units.Count));
    }

    [Fact]
    public void Cuts_SpareTheInsideOfFiles()
    {
        Unit[] units = [Some("a/x.cs", 110), new("a/y.cs:1-9@00000001", null, 30), new("a/y.cs:10-19@00000002", null, 30), Some("a/z.cs", 100)];
        Assert.Equal([1, 3], PartPlanner.Plan(units, 50).Parts.Select(part => part.Units.Count));
    }

    // 300 random scopes: nothing lost, nothing twice, order kept, no part too large, as few parts as any cut allows, and no cheaper cut among all of them.
    [Fact]
    public void AnyScope_EveryUnitOnceInBestParts()
    {
        var random = new Random(20261121);
        for (var run = 0; run < 300; run++)
        {
            var units = Enumerable.Range(0, random.Next(1, 13)).Select(at => Some($"{(char)('a' + (at / random.Next(2, 6)))}/{at:00}.cs", random.Next(0, 60))).OrderBy(unit => unit.Handle, StringComparer.Ordinal).ToList();
            var tokens = random.Next(5, 40);
            var plan = PartPlanner.Plan(units, tokens);
            Assert.True(plan.IsProven, plan.Proof);
            Assert.Equal(units, plan.Parts.SelectMany(part => part.Units));
            Assert.All(plan.Parts, part => Assert.True(part.Units.Sum(unit => unit.Characters) <= tokens * 4 || part.Units.Count == 1));
            var (parts, cost) = Best(units, tokens * 4);
            Assert.Equal(parts, plan.Parts.Count);
            Assert.Equal(cost, Cost(units, [.. plan.Parts.Select(part => part.Units.Count)], tokens * 4), 9);
        }
    }

    [Fact]
    public void ManyUnits_PlanIsProvenAndQuick()
    {
        var random = new Random(1);
        var units = Enumerable.Range(0, 100_000).Select(at => Some($"d{at / 1000:000}/f{at / 50:0000}/{at:000000}.cs", random.Next(0, 4_000))).ToList();
        var plan = PartPlanner.Plan(units);
        Assert.True(plan.IsProven);
        Assert.True(plan.Parts.Max(part => part.Tokens) <= 60_000);
        Assert.True(plan.Parts.Min(part => part.Tokens) >= 30_000, plan.Parts.Min(part => part.Tokens).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void EmptyFiles_StayWithinTheMostUnits() => Assert.All(PartPlanner.Plan([.. Enumerable.Range(0, 9_000).Select(at => Some($"{at:0000}.cs", 0))]).Parts, part => Assert.InRange(part.Units.Count, 1, PartPlanner.MaxUnits));

    private static Unit Some(string path, int characters) => new($"{path}:1-9@0a0b0c0d", null, characters);

    // The oracle: every way to cut.
    private static (int Parts, double Cost) Best(List<Unit> units, long most)
    {
        var best = (Parts: int.MaxValue, Cost: double.MaxValue);
        for (var mask = 0; mask < 1 << (units.Count - 1); mask++)
        {
            var counts = new List<int> { 1 };
            for (var at = 1; at < units.Count; at++)
                if ((mask >> (at - 1) & 1) == 1) counts.Add(1);
                else counts[^1]++;
            var start = 0;
            var fits = true;
            foreach (var count in counts)
            {
                fits &= count == 1 || units.Skip(start).Take(count).Sum(unit => unit.Characters) <= most;
                start += count;
            }
            if (fits && (counts.Count, Cost(units, counts, most)).CompareTo(best) < 0) best = (counts.Count, Cost(units, counts, most));
        }
        return best;
    }

    private static double Cost(List<Unit> units, List<int> counts, long most)
    {
        var mean = units.Sum(unit => (double)unit.Characters) / PartPlanner.Fewest(units, most);
        var (cost, start) = (0.0, 0);
        foreach (var count in counts)
        {
            cost += PartPlanner.SizeCost(units.Skip(start).Take(count).Sum(unit => (long)unit.Characters), mean);
            start += count;
            if (start < units.Count) cost += PartPlanner.CutCost(units[start - 1], units[start]);
        }
        return cost;
    }
}
