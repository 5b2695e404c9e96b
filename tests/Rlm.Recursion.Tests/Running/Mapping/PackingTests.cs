using Rlm.Recursion.Running.Mapping;

namespace Rlm.Recursion.Tests.Running.Mapping;

public class PackingTests
{
    [Fact]
    public void AnyUnits_EachOnceInOrderInFewestCalls()
    {
        var random = new Random(11);
        for (var round = 0; round < 2_000; round++)
        {
            var work = Enumerable.Range(0, random.Next(0, 200)).Select(index => new UnitWork(index, new($"u{index}", null, random.Next(0, round % 3 == 0 ? 20_001 : 1_000)))).ToList();
            int most = random.Next(1, 100_000), units = random.Next(1, 250);
            var packs = Packing.Of(work, most, units);
            Assert.Equal(work, packs.SelectMany(pack => pack));
            long total = work.Sum(one => (long)one.Characters), largest = work.Count == 0 ? 0 : work.Max(one => one.Characters);
            var fewest = work.Count == 0 ? 0 : Math.Min(work.Count, Math.Max(1, Math.Max((total + most - 1) / most, (work.Count + units - 1) / units)));
            Assert.Equal(fewest, packs.Count);
            Assert.All(packs, pack => Assert.InRange(pack.Count, 1, units));
            if (units >= work.Count && work.Count > packs.Count * 4 && largest * 4 < most) Assert.All(packs, pack => Assert.InRange(pack.Sum(one => (long)one.Characters), 0, most + largest));
        }
    }
}
