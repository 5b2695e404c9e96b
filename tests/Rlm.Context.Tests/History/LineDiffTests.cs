using Rlm.Context.Files;
using Rlm.Context.History.Comparing;
using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests.History;

public class LineDiffTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("abc", "abc", "")]
    [InlineData("", "ab", "1,0>1,2")]
    [InlineData("abc", "axc", "2,1>2,1")]
    [InlineData("abc", "ac", "2,1>2,0")]
    [InlineData("ac", "abc", "2,0>2,1")]
    [InlineData("a}b", "a}x}b", "3,0>3,2")]
    public void Hunks_AreThose(string old, string now, string expected) =>
        Assert.Equal(expected, string.Join(' ', Compare(Lines(old), Lines(now)).Select(hunk => $"{hunk.OldStart},{hunk.OldCount}>{hunk.NewStart},{hunk.NewCount}")));

    [Fact]
    public void Hunks_AreAsFewLinesAsANaiveSearchFinds() => ForAll(20_000, random =>
    {
        var (old, now) = (Some(random), Some(random));
        var hunks = Compare(old, now);
        Assert.Equal(old.Length + now.Length - (2 * LongestCommon(old, now)), hunks.Sum(hunk => hunk.OldCount + hunk.NewCount));
        Assert.Equal(now, Applied(old, now, hunks));
    });

    [Fact]
    public void TextsWithNothingInCommon_AreOneHunk()
    {
        var hunks = Compare([.. Enumerable.Range(0, 50_000).Select(n => (ulong)n)], [.. Enumerable.Range(60_000, 40_000).Select(n => (ulong)n)]);
        Assert.Equal([new LineHunk(1, 50_000, 1, 40_000)], hunks);
    }

    [Fact]
    public void TextsFarApart_StillGiveTheNewText() => ForAll(40, random =>
    {
        ulong[] Much() => [.. Enumerable.Range(0, 9_000).Select(_ => (ulong)random.Next(40))];
        var (old, now) = (Much(), Much());
        Assert.Equal(now, Applied(old, now, Compare(old, now)));
    });

    private static void ForAll(int full, Action<Random> body)
    {
        for (var index = 0; index < TestScale.Cases(full); index++)
            try
            {
                body(new Random(TestScale.Seed + index));
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"RLM_TEST_SEED={TestScale.Seed + index}: {fault.Message}", fault);
            }
    }

    private static IReadOnlyList<LineHunk> Compare(ulong[] old, ulong[] now) => LineDiff.Compare(old, now, new int[old.Length], new int[now.Length]);

    [Fact]
    public void AddedMember_IsThatMember_NotTheBraceBeforeIt()
    {
        var hunks = LineDiff.Compare(Text("class C\n{\n    void A()\n    {\n        X();\n    }\n\n    void C()\n    {\n        Z();\n    }\n}\n"), Text("class C\n{\n    void A()\n    {\n        X();\n    }\n\n    void B()\n    {\n        Y();\n    }\n\n    void C()\n    {\n        Z();\n    }\n}\n"));
        Assert.Equal([new LineHunk(8, 0, 8, 5)], hunks);
    }

    private static TextVersion Text(string text) => TextVersion.Of(FileText.Of(text));

    private static ulong[] Lines(string letters) => [.. letters.Select(letter => (ulong)letter)];

    private static ulong[] Some(Random random) => [.. Enumerable.Range(0, random.Next(30)).Select(_ => (ulong)random.Next(random.Next(1, 9)))];

    private static List<ulong> Applied(ulong[] old, ulong[] now, IReadOnlyList<LineHunk> hunks)
    {
        var made = new List<ulong>();
        var at = 1;
        foreach (var hunk in hunks)
        {
            for (; at < hunk.OldStart; at++) made.Add(old[at - 1]);
            Assert.Equal(hunk.NewStart, made.Count + 1);
            made.AddRange(now[(hunk.NewStart - 1)..(hunk.NewStart - 1 + hunk.NewCount)]);
            at += hunk.OldCount;
        }
        for (; at <= old.Length; at++) made.Add(old[at - 1]);
        return made;
    }

    private static int LongestCommon(ulong[] old, ulong[] now)
    {
        var lengths = new int[old.Length + 1, now.Length + 1];
        for (var i = 1; i <= old.Length; i++)
            for (var j = 1; j <= now.Length; j++)
                lengths[i, j] = old[i - 1] == now[j - 1] ? lengths[i - 1, j - 1] + 1 : Math.Max(lengths[i - 1, j], lengths[i, j - 1]);
        return lengths[old.Length, now.Length];
    }
}
