using Rlm.Context.Search.Planning;

namespace Rlm.Context.Tests.Search.Planning;

public class RequiredTextTests
{
    [Theory]
    [InlineData("foo", "foo")]
    [InlineData("foo.*barbaz", "barbaz")]
    [InlineData("foo|bar", "")]
    [InlineData("foobar|foobaz", "fooba")]
    [InlineData("(foo|bar)baz", "baz")]
    [InlineData("(foo|too)bar", "oobar")]
    [InlineData("fo*bar", "bar")]
    [InlineData("fo+", "fo")]
    [InlineData("fo+bar", "obar")]
    [InlineData("a{x", "a{x")]
    [InlineData("foo a{b|k", "")]
    [InlineData("a{2,3}bcd", "aabcd")]
    [InlineData(@"\.Get\(", ".Get(")]
    [InlineData(@"\bword\b", "word")]
    [InlineData("(?i)foo", "foo")]
    [InlineData("(?i:x)foo", "xfoo")]
    [InlineData("(?i:ä)foo", "foo")]
    [InlineData("[abc]def", "def")]
    [InlineData("[]abc]def", "def")]
    [InlineData("x?yz", "yz")]
    [InlineData("(?!foo)x", "x")]
    [InlineData("(?=foo)x", "foo")]
    [InlineData("x(ab){2}y", "xababy")]
    [InlineData("(?=foo)x|x", "x")]
    [InlineData("(?=foo)||", "")]
    [InlineData("\uFFFDab", "ab")]
    public void Text_IsPartOfEveryMatch(string pattern, string expected) =>
        Assert.Equal(expected, RequiredText.Of(PatternParser.Parse(pattern, ignoresCase: false)!)?.Text ?? "");
}
