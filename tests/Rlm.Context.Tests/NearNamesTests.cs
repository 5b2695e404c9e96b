using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests;

public class NearNamesTests
{
    private static readonly string[] Parts = ["ab", "B", "a", "é", "É", "\u212A", "k", "x_", "İ", "日", "."];

    [Fact]
    public void Names_AreThoseOfEveryDistance()
    {
        var random = new Random(TestScale.Seed);
        for (var round = 0; round < TestScale.Cases(20_000); round++)
        {
            string[] names = [.. Enumerable.Range(0, 12).Select(_ => Word(random))];
            var asked = Word(random);
            var limit = Math.Max(2, End(asked).Length / 3);
            var wanted = names.Distinct().Select(name => (Name: name, Distance: NearNames.Distance(End(asked), End(name), limit))).Where(near => near.Distance <= limit)
                .OrderBy(near => near.Distance).ThenBy(near => near.Name, StringComparer.Ordinal).Take(3).Select(near => near.Name);
            Assert.Equal(wanted, NearNames.Of(asked, names));
        }
    }

    private static string End(string name) => (name.Length > 120 ? name[^120..] : name).ToLowerInvariant();

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(20) == 0 ? random.Next(50, 130) : random.Next(6)).Select(_ => Parts[random.Next(Parts.Length)]));
}
