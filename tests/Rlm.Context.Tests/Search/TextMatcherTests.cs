using System.Diagnostics;
using System.Text;
using Rlm.Context.Files;
using Rlm.Context.Search;

namespace Rlm.Context.Tests.Search;

public class TextMatcherTests
{
    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData(@"(a*)*b\1")]
    [InlineData(@"(?=(a+))+\1b")]
    [InlineData("(((((a{1,30}){1,30}){1,30}){1,30}){1,30})b")]
    public void HostilePattern_EndsInTime(string pattern)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            TextMatcher.Compile(new(pattern, PatternKind.Regex, PatternCase.Sensitive)).Find(FileText.Of(string.Concat(Enumerable.Repeat(new string('a', 60) + "!\n", 200))), default);
        }
        catch (Exception limit) when (limit is System.Text.RegularExpressions.RegexMatchTimeoutException or ContextException)
        {
        }
        // Wide of the limit of 1 s a file: this guards against minutes, not milliseconds.
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void PatternThatBreaksTheRegexEngine_IsAFaultOfThatFile()
    {
        using var folder = new TempFolder().Write("a.txt", "bbc\n").Write("b.txt", "nothing\n");
        using var store = new ContextStore(new ContextOptions { Root = folder.FullPath });
        var search = LineSearch.Run(store, new("(?>()+?b)c", PatternKind.Regex, PatternCase.Sensitive), Rlm.Context.Scopes.ScopeResolver.All(store.Current(null, default)), null, default);
        Assert.Equal(["a.txt: regex engine"], search.Faults.Select(fault => $"{fault.Path.Value}: {fault.Reason}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("(")]
    [InlineData("[a")]
    public void BadPattern_IsRefused(string pattern) =>
        Assert.Equal(ContextFault.BadPattern, Assert.Throws<ContextException>(() => TextMatcher.Compile(new(pattern, PatternKind.Regex, PatternCase.Sensitive))).Fault);

    [Fact]
    public void Count_OfInvalidUtf8_EqualsFind()
    {
        byte[] bytes = [.. "good foo\n"u8, 0xFF, 0xC3, .. " foo\n"u8, .. "no\n"u8];
        var matcher = TextMatcher.Compile(new("foo", PatternKind.Literal, PatternCase.Sensitive));
        char[] buffer = [];
        Assert.Equal(2, matcher.CountLines(bytes, ref buffer, default));
        Assert.Equal(2, matcher.Find(FileText.Decode(bytes), default).Count);
    }

    [Fact]
    public void Literal_OnALineOfMegabytes_IsFoundOnce()
    {
        var line = new string('x', 3_000_000) + "needle" + new string('x', 3_000_000) + "needle";
        var matcher = TextMatcher.Compile(new("needle", PatternKind.Literal, PatternCase.Sensitive));
        char[] buffer = [];
        Assert.Equal(1, matcher.CountLines(Encoding.UTF8.GetBytes(line), ref buffer, default));
        Assert.Equal(3_000_001, matcher.Find(FileText.Of(line), default).Single().Column);
    }
}
