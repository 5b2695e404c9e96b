using Rlm.Context;
using Rlm.Context.Scopes;
using Rlm.Context.Search;

namespace Rlm.Benchmarks.Quality;

/// <summary>The ranking that scans: files by their words, then the units of the best files. The baseline.</summary>
internal sealed class EvidenceEngine : IQualityEngine
{
    public string Name => "evidence";

    public void Prepare(ContextStore store) => store.Current(null, CancellationToken.None);

    public IReadOnlyList<RankedRegion> Ask(ContextStore store, string question, int count)
    {
        var scope = ScopeResolver.All(store.Current(null, CancellationToken.None));
        var found = EvidenceSearch.Run(store, question, scope, count, null, CancellationToken.None);
        return [.. found.Regions.Select(region => new RankedRegion(region.Path.Value, region.Symbol, region.Handle.Range.Start))];
    }
}
