using Rlm.Context.Search.Ranking;

namespace Rlm.Context.Tests.Search.Ranking;

public class RankedQueryTests
{
    [Theory]
    [InlineData("How does the change tracker detect changes?", "change tracker detect +changetrackerdetectchanges")]
    [InlineData("where is JsonReader used", "jsonreader json reader")]
    [InlineData("max_line_size", "max_line_size max line size")]
    [InlineData("cached, caching, caches", "cached")]
    [InlineData("a b c", "")]
    [InlineData("what is it", "")]
    public void Question_BecomesWords(string question, string expected) =>
        Assert.StartsWith(expected, string.Join(' ', RankedQuery.Of(question).Words.Select(word => (word.Kind == QueryWordKind.Joined ? "+" : "") + word.Text)), StringComparison.Ordinal);

    [Fact]
    public void WordsInARow_AreOneNameIfThereIsSuchAName()
    {
        var known = TermHash.OfName("TryGetValue");
        Assert.Equal(["trygetvalue"], RankedQuery.Of("how to try get value", term => term == known).Words.Where(word => word.Kind == QueryWordKind.Joined).Select(word => word.Text));
    }

    [Fact]
    public void HugeQuestion_HasFewWords() => Assert.InRange(RankedQuery.Of(string.Join(' ', Enumerable.Range(0, 10_000).Select(i => $"word{i}x"))).Words.Count, 1, 64);
}
