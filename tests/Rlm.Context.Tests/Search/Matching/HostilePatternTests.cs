using System.Diagnostics;
using System.Text;
using Rlm.Context.Scopes;
using Rlm.Context.Search;
using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests.Search.Matching;

/// <summary>Patterns made to run away, on texts made for them: one line of almost 4 MiB, and many files with lines of all lengths. An answer or a stated limit, within seconds.</summary>
public class HostilePatternTests
{
    public static TheoryData<string> Patterns =>
    [
        "^(a+)+$", "(a|aa)+$", "(a|a?)+$", "(.*)*x", "(.*a){12}!", ".*.*.*.*x", "(a*)*b", @"(a*)*b\1", @"(?=(a+))+\1b", @"(\w+\s*)+:", @"(\w*)\1\1!", @"(.*)(.*)(.*)\3\2\1!", @"(?<!a+)b", @"(?<=(a+)+)b$", @"(?=(a|aa)+$)!",
        "(((((a{1,30}){1,30}){1,30}){1,30}){1,30})b", "(a{1000}){1000}", "(x{1000}){1000}", "(a?){100}a{100}", "(a{0,100}){100}!", @"(\b\w*\b\s*)*!", @"(\ba?\B?)*!", @"\b(\w|\b)*\b!", "a*a*a*a*a*a*!", @"\w+\w+\w+!", @"(?>(a+)+)!", "(?i)(k|K|\u212A)*!",
        string.Join('|', Enumerable.Range(0, 600).Select(index => $"(a{index})")), string.Join('|', Enumerable.Range(0, 500).Select(index => new string('a', index % 7) + index)) + "|!$", new string('(', 500) + "a*" + string.Concat(Enumerable.Repeat(")*", 500)) + "!",
        string.Concat(Enumerable.Repeat("(a|", 90)) + "b" + new string(')', 90) + "*!", string.Concat(Enumerable.Repeat("a?", 500)) + new string('a', 500) + "!", "[^b]*[^c]*[^d]*!", @"(?:(?:\w|\d)+\.?)+@", "(((a*)*)*)*!", @"\w*a\w*a!", ".*a.*a!", @"\w+!$",
    ];

    private static readonly string[] Limits = ["timeout", "regex engine"];

    // With [!?] for !, no text is required that the files lack, so they are searched.
    [Theory, MemberData(nameof(Patterns))]
    public void Search_EndsInTime(string pattern)
    {
        using var folder = new TempFolder().Write("line.txt", Encoding.ASCII.GetBytes(new string('a', (4 << 20) - 1)));
        for (var file = 0; file < 40; file++) folder.Write($"f{file}.txt", string.Concat(Enumerable.Range(0, 200).Select(line => new string('a', (line * (file + 1)) % 90) + (line % 3 == 0 ? " aab\n" : "b\n"))));
        using var store = new ContextStore(new ContextOptions { Root = folder.FullPath });
        var scope = ScopeResolver.All(store.Current(null, default));
        var started = Stopwatch.GetTimestamp();
        LineSearch? search = null;
        try
        {
            search = LineSearch.Run(store, new(pattern.Replace("!", "[!?]", StringComparison.Ordinal).Replace("(?<[!?]", "(?<!", StringComparison.Ordinal), PatternKind.Regex, PatternCase.Sensitive), scope, null, default);
        }
        catch (ContextException refused) when (refused.Fault == ContextFault.BadPattern)
        {
        }
        var took = Stopwatch.GetElapsedTime(started);
        TestContext.Current.TestOutputHelper?.WriteLine($"{took.TotalSeconds:f2} s, {search?.Total} lines, {search?.Faults.Count} files not searched");
        Assert.All(search?.Faults ?? [], fault => Assert.Contains(fault.Reason, Limits));
        // 5 s on an idle machine; this guards against minutes on a busy one.
        Assert.True(took < TimeSpan.FromSeconds(20), $"{took.TotalSeconds:f1} s");
    }
}
