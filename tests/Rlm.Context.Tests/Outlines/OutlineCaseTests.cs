using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Tests.Outlines;

/// <summary>
/// Each <c>NAME.EXT.txt</c> under Cases/outlines is outlined as a file <c>NAME.EXT</c> and compared with <c>NAME.EXT.expected</c> beside it.
/// A changed or missing expectation is written when <c>RLM_ACCEPT=1</c>; look at the difference before committing it.
/// </summary>
public class OutlineCaseTests
{
    private static readonly Dictionary<string, string> LanguageOf = new()
    {
        ["cs"] = "csharp", ["csx"] = "csharp", ["md"] = "markdown", ["log"] = "log", ["text"] = "text", ["py"] = "python", ["ts"] = "typescript", ["go"] = "go", ["rs"] = "rust", ["java"] = "java",
        ["cpp"] = "cpp", ["rb"] = "ruby", ["lua"] = "lua", ["sh"] = "bash", ["json"] = "json", ["yaml"] = "yaml", ["toml"] = "toml", ["ini"] = "ini", ["xml"] = "xml", ["csproj"] = "msbuild",
        ["Dockerfile"] = "dockerfile", ["sql"] = "sql", ["mk"] = "makefile", ["proto"] = "proto", ["ipynb"] = "notebook", ["js"] = "javascript", ["kt"] = "kotlin", ["php"] = "php", ["swift"] = "swift", ["vb"] = "vb", ["css"] = "css", ["scss"] = "scss",
    };

    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Cases, "outlines"), "*.txt").Select(file => Path.GetFileName(file)[..^".txt".Length]).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_HasExpectedOutline(string name)
    {
        var text = Fixture(name);
        var outline = Outliner.Outline(new RepoPath(name), LanguageOf[name[(name.LastIndexOf('.') + 1)..]], text, TestContext.Current.CancellationToken);
        Invariants.Check(outline, text);
        Check(name + ".expected", OutlineText.Of(outline));
    }

    [Fact]
    public void LocalFunctions_OfOneMember()
    {
        var text = Fixture("LocalFunctions.cs");
        var outline = Outliner.Outline(new RepoPath("LocalFunctions.cs"), "csharp", text, TestContext.Current.CancellationToken);
        var found = outline.All.Where(symbol => symbol.IsMember)
            .Select(member => "# " + member.Path + "\n" + OutlineText.Of(Outliner.LocalFunctions("csharp", text, member, TestContext.Current.CancellationToken)));
        Check("LocalFunctions.cs.locals.expected", string.Concat(found));
    }

    // \r, U+0085 and U+2028 cannot stand in a fixture that editors and git touch: it has their names in braces.
    private static FileText Fixture(string name)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Cases, "outlines", name + ".txt")).Replace("\r\n", "\n", StringComparison.Ordinal);
        if (name.StartsWith("Crlf", StringComparison.Ordinal)) text = text.Replace("\n", "\r\n", StringComparison.Ordinal);
        return FileText.Of(text.Replace("{CR}", "\r", StringComparison.Ordinal).Replace("{NEL}", "\u0085", StringComparison.Ordinal).Replace("{LS}", "\u2028", StringComparison.Ordinal));
    }

    private static void Check(string file, string actual)
    {
        var path = Path.Combine(Repository.Cases, "outlines", file);
        var expected = File.Exists(path) ? File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal) : null;
        if (expected == actual) return;
        if (Environment.GetEnvironmentVariable("RLM_ACCEPT") == "1") File.WriteAllText(path, actual);
        else Assert.Fail($"{file} {(expected is null ? "is missing" : "differs")}; accept with RLM_ACCEPT=1.\nexpected:\n{expected}\nactual:\n{actual}");
    }
}
