using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Tests.Outlines.AstGrep;

/// <summary>
/// Each <c>NAME.EXT.txt</c> under Cases/ast-grep is outlined by ast-grep as a file <c>NAME.EXT</c>, all of them in one batch, and compared with <c>NAME.EXT.expected</c> beside it.
/// A changed or missing expectation is written when <c>RLM_ACCEPT=1</c>; look at the difference before committing it.
/// </summary>
public class AstGrepCaseTests
{
    private static readonly string Folder = Path.Combine(Repository.Cases, "ast-grep");
    private static readonly Lazy<Dictionary<string, (Outline Outline, FileText Text)>> Outlines = new(OutlineAll);

    public static TheoryData<string> Names => [.. All()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_HasExpectedOutline(string name)
    {
        _ = Installed.Program;
        var (outline, text) = Outlines.Value[name];
        Invariants.Check(outline, text);
        var file = Path.Combine(Folder, name + ".expected");
        var (expected, actual) = (File.Exists(file) ? File.ReadAllText(file).Replace("\r\n", "\n", StringComparison.Ordinal) : null, OutlineText.Of(outline));
        if (expected == actual) return;
        if (Environment.GetEnvironmentVariable("RLM_ACCEPT") == "1") File.WriteAllText(file, actual);
        else Assert.Fail($"{name}.expected {(expected is null ? "is missing" : "differs")}; accept with RLM_ACCEPT=1.\nexpected:\n{expected}\nactual:\n{actual}");
    }

    [Fact]
    public void WindowsLines_GiveTheSameOutlines()
    {
        _ = Installed.Program;
        var names = All().ToArray();
        var texts = names.Select(name => FileText.Of(Outlines.Value[name].Text.Text.Replace("\n", "\r\n", StringComparison.Ordinal))).ToArray();
        var outlines = Installed.Providers.OutlineAll([.. names.Select((name, at) => new OutlineItem(new RepoPath(name), Languages.OfFileName(name), texts[at]))], TestContext.Current.CancellationToken);
        for (var at = 0; at < names.Length; at++) Assert.Equal(OutlineText.Of(Outlines.Value[names[at]].Outline), OutlineText.Of(outlines[at]));
    }

    private static IEnumerable<string> All() => Directory.EnumerateFiles(Folder, "*.txt").Select(file => Path.GetFileName(file)[..^".txt".Length]).Order(StringComparer.Ordinal);

    private static Dictionary<string, (Outline, FileText)> OutlineAll()
    {
        var items = All().Select(name => new OutlineItem(new RepoPath(name), Languages.OfFileName(name), FileText.Of(File.ReadAllText(Path.Combine(Folder, name + ".txt")).Replace("\r\n", "\n", StringComparison.Ordinal)))).ToArray();
        var outlines = Installed.Providers.OutlineAll(items, CancellationToken.None);
        return items.Select((item, at) => (item, at)).ToDictionary(pair => pair.item.Path.Value, pair => (outlines[pair.at], pair.item.Text), StringComparer.Ordinal);
    }
}
