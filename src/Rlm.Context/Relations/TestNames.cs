using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Relations;

/// <summary>Tells tests from other code by attributes and the conventions of the usual frameworks.</summary>
internal static partial class TestNames
{
    /// <summary>Whether a member is a test; of a file whose tests are blocks and not members, whether the line lies in one.</summary>
    public static bool IsTest(WholeText text, Symbol? symbol)
    {
        if (text.Language is "javascript" or "typescript" or "tsx" or "ruby" && TestFile().IsMatch(text.Path.Value)) return true;
        if (symbol is null) return false;
        if (text.Language is "go") return text.Path.Name.EndsWith("_test.go", StringComparison.Ordinal) && GoName().IsMatch(symbol.Name);
        if (text.Language is "python" or "ruby" or "php" or "swift" or "elixir" && PlainName().IsMatch(symbol.Name)) return true;
        if (text.Language is "c" or "cpp") return CMacro().IsMatch(symbol.Name) || CMacro().IsMatch(text.Lines(new(symbol.Range.Start, symbol.NameLine)));
        return Attribute().IsMatch(text.Lines(new(symbol.Range.Start, Math.Min(symbol.NameLine, symbol.Range.Start + 60))));
    }

    /// <summary>Whether a file is one of tests by its name and folders.</summary>
    public static bool IsTestPath(RepoPath path) => TestFile().IsMatch(path.Value) || path.Value.Split('/')[..^1].Any(folder => folder is "test" or "tests" or "Tests" or "Test" or "__tests__" or "spec");

    [GeneratedRegex(@"(\.(test|spec)\.[cm]?[jt]sx?|_(test|spec)\.(rb|go|py)|(^|/)(test_[^/]*|conftest)\.py|(^|/)__tests__/.*|(^|/)(e2e|cypress)/.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex TestFile();

    [GeneratedRegex(@"^(Test|Benchmark|Fuzz|Example)(\P{Ll}|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex GoName();

    [GeneratedRegex(@"^test(_|\P{Ll})", RegexOptions.CultureInvariant)]
    private static partial Regex PlainName();

    [GeneratedRegex(@"^\s*(TEST|TEST_F|TEST_P|TYPED_TEST|TEST_CASE|SCENARIO|BOOST_AUTO_TEST_CASE)\b", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex CMacro();

    // [Fact], [Xunit.Theory(…)], <Test>, @Test, #[test], #[tokio::test]
    [GeneratedRegex(@"[\[<,@]\s*(?:[\w.:]+[.:])?(?:\w*Fact|\w*Theory|Test|TestCase|TestCaseSource|TestMethod|DataTestMethod|Property|Benchmark|ParameterizedTest|RepeatedTest|TestFactory|test|rstest|bench|test_case)(?:Attribute)?\b", RegexOptions.CultureInvariant)]
    private static partial Regex Attribute();
}
