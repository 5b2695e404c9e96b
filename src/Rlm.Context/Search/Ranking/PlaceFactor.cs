using System.Text.RegularExpressions;
using Rlm.Context.Files;

namespace Rlm.Context.Search.Ranking;

/// <summary>Tests, samples, generated files, stubs, copies of others' code and change logs repeat the words of a question without answering it, unless they are asked for.</summary>
internal static partial class PlaceFactor
{
    /// <summary>What a score of a unit in this file is multiplied by, at most 1.</summary>
    public static double Of(RepoPath path, RankedQuery query)
    {
        double factor = 1;
        if (Tests().IsMatch(path.Value) && !query.Asks("test") && !query.Asks("spec")) factor *= 0.5;
        if (Samples().IsMatch(path.Value) && !query.Asks("sample") && !query.Asks("example") && !query.Asks("benchmark")) factor *= 0.7;
        if (Generated().IsMatch(path.Value) && !query.Asks("generated")) factor *= 0.6;
        if (Foreign().IsMatch(path.Value)) factor *= 0.7;
        if (Stubs().IsMatch(path.Value)) factor *= 0.7;
        if (ChangeLog().IsMatch(path.Name)) factor *= 0.5;
        return factor;
    }

    // A word "test" in a folder or name, also as a hump: tests/, Foo.Tests, FooTests.cs, foo_test.go; not latest, contest or Attestation.
    [GeneratedRegex(@"(^|[/._\-]|(?<=[a-z0-9]))Tests?(?![a-z])|(^|[/._\-])(tests?|specs?|fixtures?|testdata|__tests__)(?![A-Za-z])")]
    private static partial Regex Tests();

    [GeneratedRegex(@"(^|[/._\-])(samples?|examples?|benchmarks?|demos?)(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Samples();

    [GeneratedRegex(@"\.(g|designer|generated)\.|(^|/)(obj|generated)/|\.min\.(js|css)$", RegexOptions.IgnoreCase)]
    private static partial Regex Generated();

    [GeneratedRegex(@"(^|/)(third[_\-]?party|vendor|node_modules|packages)/", RegexOptions.IgnoreCase)]
    private static partial Regex Foreign();

    // What .NET repositories keep to compile against: declarations without bodies.
    [GeneratedRegex(@"(^|/)(ref|[a-z\-]*reference-assemblies)/")]
    private static partial Regex Stubs();

    [GeneratedRegex(@"^(change|history|news|release)[a-z_\-]*(\.|$)", RegexOptions.IgnoreCase)]
    private static partial Regex ChangeLog();
}
