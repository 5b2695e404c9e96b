using Rlm.Context;
using Rlm.Context.Scopes;
using Rlm.Context.Search;

namespace Rlm.Benchmarks.Searching;

/// <summary>Our engine as a running server uses it: exact totals over everything, and the first hundred lines with their symbols.</summary>
internal sealed class ServerSearcher(ContextStore store) : ISearcher
{
    private const int Shown = 100;

    public string Name => "server";

    public Func<long> Search(TextQuery query)
    {
        var scope = ScopeResolver.All(store.Current(null, CancellationToken.None));
        var search = LineSearch.Run(store, query, scope, null, CancellationToken.None);
        var left = Shown;
        foreach (var file in search.From(null, 8, CancellationToken.None))
        {
            foreach (var hit in file.Hits) file.Symbols.Enclosing(hit.Line);
            if ((left -= file.Hits.Count) <= 0) break;
        }
        return () => search.Total;
    }
}
