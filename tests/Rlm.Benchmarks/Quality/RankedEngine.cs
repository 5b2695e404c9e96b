using Rlm.Context;
using Rlm.Context.Scopes;
using Rlm.Context.Search.Ranking;

namespace Rlm.Benchmarks.Quality;

/// <summary>What <c>search</c> in mode <c>ranked</c> does: by the index, or, before there is one, by a scan.</summary>
internal sealed class RankedEngine(bool usesIndex) : IQualityEngine
{
    public string Name => usesIndex ? "ranked" : "scan";

    public void Prepare(ContextStore store)
    {
        var snapshot = store.Current(null, CancellationToken.None);
        if (usesIndex) store.Index.Build(snapshot, null, CancellationToken.None);
    }

    public IReadOnlyList<RankedRegion> Ask(ContextStore store, string question, int count)
    {
        var snapshot = store.Current(null, CancellationToken.None);
        var found = RankedSearch.Run(store, snapshot, question, ScopeResolver.All(snapshot), count, null, CancellationToken.None);
        return [.. found.Regions.Select(region => new RankedRegion(region.Path.Value, region.Symbol, region.Handle.Range.Start))];
    }
}
