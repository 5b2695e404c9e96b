using Rlm.Context.Search.Matching;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Tests.Search.Matching;

public class BacktrackingProofTests
{
    [Theory]
    [InlineData("foo")]
    [InlineData(@"\b[a-z]{3}[0-9]{4}\b")]
    [InlineData(@"(class|struct|interface)\s+\w*Symbol\w*Info\b")]
    [InlineData(@"^\s*//.*TODO")]
    [InlineData(@"\w+\s+\w+\s*=\s*new\s+\w+")]
    [InlineData(@"(\w+\.)+Dispose\(\)")]
    [InlineData(@"(\d{1,3}\.){3}\d{1,3}")]
    [InlineData("(?:a|b|c)*d")]
    [InlineData("(a|aa)b")]
    [InlineData("a*?b")]
    [InlineData("")]
    [InlineData("(|x)y")]
    public void HarmlessPattern_IsProven(string pattern) => Assert.True(BacktrackingProof.Holds(PatternParser.Parse(pattern, ignoresCase: false)!));

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(.*)*x")]
    [InlineData(@"(\w+\s*)+:")]
    [InlineData("(a?){30}a{30}")]
    [InlineData("(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)b")]
    [InlineData("(((((a{1,30}){1,30}){1,30}){1,30}){1,30})b")]
    [InlineData(".*.*.*x")]
    [InlineData("a{0,50}a{0,50}a{0,50}x")]
    [InlineData("(k|\u212A)*x", true)]
    [InlineData("(a|A)*x", true)]
    [InlineData("(a*)b|(a*)*c")]
    [InlineData(@"(\w|\p{L})*x")]
    [InlineData("(?:[^a]|\u00e4)*x")]
    [InlineData(@"(\w)\1")]
    [InlineData("(?=a)a")]
    [InlineData(@"(?:\bx?)*y")]
    public void PatternThatMayRunAway_IsNot(string pattern, bool ignoresCase = false) => Assert.False(BacktrackingProof.Holds(PatternParser.Parse(pattern, ignoresCase)!));
}
