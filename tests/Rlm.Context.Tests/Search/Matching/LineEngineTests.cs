using System.Text;
using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.Search;
using Rlm.Context.Search.Matching;
using Rlm.Context.Search.Planning;
using Rlm.Context.Tests.Files;
using Rlm.Context.Tests.Search.Planning;

namespace Rlm.Context.Tests.Search.Matching;

/// <summary>Whichever matcher runs, and however it comes to a line, the lines are those of a naive scan that splits the text and tries each alone.</summary>
public class LineEngineTests
{
    private static readonly string[] Common =
    [
        @"^\s*//.*TODO", @"\w+\s*$", @"^\s*$", @"[^;]*;$", @"[^a]+b", @"\S+\s+\S+", @"[\s\S]*x", @".*foo", ".*", @"(?s).*a", @"\W", @"\r?$", @"a\r?\n?$", @"[\r\n]a|b", @"\Afoo\z", @"a\Z", @"(?!\s)a", @"(?<!\s)\w$", @"\B$", @"\B", @"\b$",
        @"(?<=^\s*)a", "[^-a]b", "[^]a]b", @"[\s-]a", @"[\s,]a", @"[\w-[a]]b", "(?x) ^ . * a $ # c", @"(\w).*\1", "(?>\\s*)a", "foo|", "(?:^|,)a", "a.?b|c$", @"\n", @"\u000a?a", "(?m)a$", "(?-m)a$", "(?m-i:^a)", @"\p{Cc}a?", @"\P{L}", "(foo|bar)+$", "a{0,3}$",
    ];

    private static readonly string[] Breaks = ["\n", "\n", "\n", "\r\n", "\r\n", "\r", "\n\n", "\r\r\n", "\n\r"];

    [Fact]
    public void Lines_EqualThoseOfANaiveScan()
    {
        var seed = TestScale.Seed;
        var random = new Random(seed);
        var source = new PatternSource(random);
        int texts = 0, matches = 0;
        for (var round = 0; round < TestScale.Cases(100_000); round++)
        {
            var (pattern, sample) = source.Next();
            if (random.Next(4) == 0) pattern = Common[random.Next(Common.Length)];
            var query = new TextQuery(pattern, PatternKind.Regex, random.Next(3) == 0 ? PatternCase.Insensitive : PatternCase.Sensitive);
            if (pattern.Length == 0 || pattern.Contains('\n') || !IsValid(pattern)) continue;
            texts++;
            matches += Check(query, Text(random, source, sample), random, seed);
        }
        Assert.True(matches > texts / 2, $"seed {seed}: {matches} matches in {texts} texts");
    }

    private static int Check(TextQuery query, string text, Random random, int seed)
    {
        var isProven = PatternParser.Parse(query.Pattern, query.IgnoresCase) is { } tree && BacktrackingProof.Holds(tree);
        var (slow, linear) = (Agreed(query, text, RegexOptions.None, seed), Agreed(query, text, RegexOptions.NonBacktracking, seed));
        // Compiling takes milliseconds, so few are.
        var compiled = random.Next(30) == 0 ? Agreed(query, text, RegexOptions.Compiled, seed) : slow;
        // .NET's matchers differ on patterns such as .(){1,}?b; not where the choice between them is ours.
        if (isProven) AssertSame(slow, linear ?? slow, $"seed {seed}: {query}, linear against backtracking, on '{text}'");
        if (isProven) AssertSame(slow, compiled, $"seed {seed}: {query}, compiled against interpreted, on '{text}'");
        if ((linear ?? slow) is not { } expected) return 0;
        var matcher = TextMatcher.Compile(query, random.Next(60) == 0 ? 1 << 30 : 0);
        AssertSame(expected, matcher.Find(FileText.Of(text), default), $"seed {seed}: {query}, found, on '{text}'");
        char[] buffer = [];
        var utf8 = Encoding.UTF8.GetBytes(text);
        var counted = matcher.CountLines(utf8, ref buffer, default);
        Assert.True(expected.Count == counted, $"seed {seed}: {query} counts {counted} of {expected.Count} on '{text}'");
        Assert.True(expected.Count == 0 || matcher.MayMatch(utf8), $"seed {seed}: {query} may match '{text}'");
        return expected.Count;
    }

    /// <summary>Its linear matcher finds the second line only, from the beginning of the text.</summary>
    [Theory]
    [InlineData("c?b", "cx\nb\nb")]
    [InlineData("(c+|c+d)?b", "cx\nb\nb")]
    public void OptionalPartInFront_LosesNoLine(string pattern, string text) =>
        Assert.Equal([2, 3], TextMatcher.Compile(new(pattern, PatternKind.Regex, PatternCase.Sensitive)).Find(FileText.Of(text), default).Select(hit => hit.Line));

    // The lines by one of .NET's matchers, whole texts against line by line; null when it does not know the pattern or fails.
    private static List<LineHit>? Agreed(TextQuery query, string text, RegexOptions options, int seed)
    {
        if (Engine(query, options) is not { } engine || Naive(text, engine) is not { } expected) return null;
        if (engine.Takes(text) && expected.Count > 0) Assert.True(engine.IsMatch(text), $"seed {seed}: {query}, any of {expected.Count} on '{text}'");
        if (engine.Takes(text) && engine.Backtracks) AssertSame(expected, WholeText(engine, text), $"seed {seed}: {query}, {options}, on '{text}'");
        return expected;
    }

    private static void AssertSame(List<LineHit>? expected, List<LineHit>? found, string what) =>
        Assert.True((expected ?? []).SequenceEqual(found ?? []), $"{what}: expected [{string.Join(", ", expected ?? [])}] but found [{string.Join(", ", found ?? [])}]");

    private static List<LineHit> WholeText(LineEngine engine, string text)
    {
        var lines = FileText.Of(text).Lines;
        var hits = new List<LineHit>();
        for (var from = 0; from < text.Length && engine.MatchText(text, from, out var at, out var length);)
        {
            Assert.True(at >= from, $"'{engine}' found {at} from {from} on '{text}'");
            var start = from + text.AsSpan(from, at - from).LastIndexOf('\n') + 1;
            hits.Add(new(lines.LineOf(start), at - start + 1, length));
            from = text.IndexOf('\n', at) is var end and >= 0 ? end + 1 : text.Length;
        }
        return hits;
    }

    private static string Text(Random random, PatternSource source, string sample)
    {
        var text = new StringBuilder();
        var hasLoneReturns = random.Next(3) == 0;
        for (var parts = random.Next(random.Next(20) == 0 ? 300 : 12); parts >= 0; parts--)
        {
            text.Append(random.Next(5) switch { 0 => "", 1 => source.Next().Sample, 2 => "foo bar; // TODO a1 ", _ => sample });
            var ending = Breaks[random.Next(Breaks.Length)];
            if (random.Next(3) > 0) text.Append(hasLoneReturns || ending is "\n" or "\r\n" or "\n\n" ? ending : "\n");
        }
        // As a file would hold it: encoded, and read back.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static bool IsValid(string pattern)
    {
        try
        {
            return new Regex(pattern) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // An error in the rewritten pattern is the test's to see: the pattern itself is valid.
    private static LineEngine? Engine(TextQuery query, RegexOptions options)
    {
        try
        {
            var tree = PatternParser.Parse(query.Pattern, query.IgnoresCase);
            var takesTexts = tree is not null && (options == RegexOptions.NonBacktracking || BacktrackingProof.Holds(tree));
            return LineEngine.Make(query.Pattern, takesTexts ? tree : null, Options(query) | options, TimeSpan.FromSeconds(5));
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static RegexOptions Options(TextQuery query) => RegexOptions.CultureInvariant | (query.IgnoresCase ? RegexOptions.IgnoreCase : RegexOptions.None);

    private static List<LineHit>? Naive(string text, LineEngine engine)
    {
        var hits = new List<LineHit>();
        var lines = text.Split('\n');
        try
        {
            for (var index = 0; index < lines.Length - (text.EndsWith('\n') || text.Length == 0 ? 1 : 0); index++)
            {
                var line = index < lines.Length - 1 && lines[index].EndsWith('\r') ? lines[index][..^1] : lines[index];
                if (engine.MatchLine(line, out var at, out var length)) hits.Add(new(index + 1, at + 1, length));
            }
        }
        // .NET's interpreter itself fails on some lazy loops in atomic groups.
        catch (Exception none) when (none is RegexMatchTimeoutException or IndexOutOfRangeException)
        {
            return null;
        }
        return hits;
    }
}
