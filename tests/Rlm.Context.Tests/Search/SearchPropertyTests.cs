using System.Text;
using System.Text.RegularExpressions;
using Rlm.Context.Scopes;
using Rlm.Context.Search;
using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests.Search;

/// <summary>Random trees and patterns: the matching lines are those of a naive scan that splits every text into lines and tries each alone.</summary>
public class SearchPropertyTests
{
    private static readonly string[] Words = ["foo", "Foo", "FOO", "bar_baz", "x1", "Ärger", "ärger", "K", "k", "\u212A", "日本", "😀", "a.b", "(", "[", "$", "^", "\\", "tab\there", "", " ", "\u2028", "\r", "ı", "İ", "ß"];

    private static readonly string[] Regexes =
    [
        "foo", "fo+", "^foo", "foo$", "^$", @"\bfoo\b", @"\w+_\w+", "[A-Z]oo", "(foo|bar)_?", @"\s", @"\S+\s+\S+", ".", "", "foo.*bar", "(?i)foo", "(?<n>o)o", @"(?<=f)o", @"foo(?!\w)", @"(\w)\1", "[^a]", @"\d+$",
        @"\p{Lu}", "x{1,2}1", "a{x", "foo a{b|k", @"\(", @"\[", @"(?:ab|a.b)", "^.*$", @"\bx\d\b", @"o\b", @"^\s*$", "日.", "😀", @"\u00e4", "(?x) foo # c", "k", "ß", @"\z", @"\A\w", "a*", "(a|)", @"[\w-[a-f]]+",
    ];

    [Fact]
    public void Lines_EqualANaiveScan()
    {
        for (var seed = 1; seed <= TestScale.Cases(3_000); seed++) Check(seed);
    }

    private static void Check(int seed)
    {
        var random = new Random(seed);
        using var folder = new TempFolder();
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var file = random.Next(1, 6); file > 0; file--) Add(folder, texts, $"d{random.Next(3)}/f{file}.txt", random);
        using var store = new ContextStore(new ContextOptions { Root = folder.FullPath, MaxFileBytes = random.Next(4) == 0 ? 64 : 4 << 20, Portable = random.Next(4) == 0 });
        for (var query = 0; query < 12; query++) Compare(store, texts, Query(random), seed);
    }

    private static void Add(TempFolder folder, SortedDictionary<string, string> texts, string path, Random random)
    {
        var text = new StringBuilder();
        for (var part = random.Next(30); part > 0; part--)
            text.Append(random.Next(5) switch { 0 => "\n", 1 => "\r\n", 2 => " ", _ => Words[random.Next(Words.Length)] });
        var content = text.ToString();
        var encoded = random.Next(6) switch
        {
            0 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(content)],
            1 => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(content)],
            2 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(content)],
            _ => Encoding.UTF8.GetBytes(content),
        };
        folder.Write(path, encoded);
        texts[path] = content;
    }

    private static TextQuery Query(Random random)
    {
        var kind = (PatternKind)random.Next(3);
        var pattern = kind == PatternKind.Regex ? Regexes[random.Next(Regexes.Length)] : Words[random.Next(Words.Length)] + (random.Next(3) == 0 ? Words[random.Next(Words.Length)] : "");
        return new(pattern, kind, (PatternCase)random.Next(3));
    }

    private static void Compare(ContextStore store, SortedDictionary<string, string> texts, TextQuery query, int seed)
    {
        if (query.Pattern.Length == 0 || query.Pattern.Contains('\r') || query.Pattern.Contains('\n'))
        {
            Assert.Throws<ContextException>(() => TextMatcher.Compile(query));
            return;
        }
        var snapshot = store.Current(null, default);
        var search = LineSearch.Run(store, query, ScopeResolver.All(snapshot), null, default);
        var found = search.From(null, 4, default).SelectMany(file => file.Hits.Select(hit => $"{file.File.Path.Value}:{hit.Line}:{hit.Column}")).ToArray();
        var expected = texts.SelectMany(text => Naive(text.Value, query).Select(hit => $"{text.Key}:{hit}")).ToArray();
        Assert.True(expected.SequenceEqual(found), $"seed {seed}, {query}: expected [{string.Join(", ", expected)}] but found [{string.Join(", ", found)}]");
        Assert.True(search.Total == expected.Length, $"seed {seed}, {query}: total {search.Total}, expected {expected.Length}");
    }

    private static IEnumerable<string> Naive(string text, TextQuery query)
    {
        var pattern = query.Kind == PatternKind.Regex ? query.Pattern : Regex.Escape(query.Pattern);
        if (query.Kind == PatternKind.Word) pattern = (Regex.IsMatch(query.Pattern[..1], @"\w") ? @"\b" : "") + pattern + (Regex.IsMatch(query.Pattern[^1..], @"\w") ? @"\b" : "");
        var regex = new Regex(pattern, RegexOptions.CultureInvariant | (query.IgnoresCase ? RegexOptions.IgnoreCase : RegexOptions.None));
        var lines = text.Split('\n');
        for (var index = 0; index < lines.Length - (text.EndsWith('\n') || text.Length == 0 ? 1 : 0); index++)
        {
            var line = index < lines.Length - 1 && lines[index].EndsWith('\r') ? lines[index][..^1] : lines[index];
            if (regex.Match(line) is { Success: true } match) yield return $"{index + 1}:{match.Index + 1}";
        }
    }
}
