namespace Rlm.Benchmarks.Quality;

/// <summary>The ways to rank that can be measured.</summary>
internal static class QualityEngines
{
    private static readonly IQualityEngine[] All = [new RankedEngine(usesIndex: true), new RankedEngine(usesIndex: false)];

    /// <summary>The one that the program uses, whose ranks are reviewed.</summary>
    public static IQualityEngine Used => All[0];

    /// <summary>The one of that name; the used one for null; null for an unknown name.</summary>
    public static IQualityEngine? Find(string? name) => name is null ? Used : Array.Find(All, engine => engine.Name == name);
}
