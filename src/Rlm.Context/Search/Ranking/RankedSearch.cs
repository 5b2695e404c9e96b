using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Scopes;

namespace Rlm.Context.Search.Ranking;

/// <summary>
/// Structural units that bear on a question, best first: candidates by BM25F from the index, and from a scan of the files that it does not have; weighed again by name, place and
/// use; then by how much of the question their present lines have. Lexical and structural: it knows no synonyms, and there are no embeddings.
/// <code>
/// var evidence = RankedSearch.Run(store, snapshot, "where are query parameters cached?", scope, count: 20, progress: null, cancellationToken);
/// </code>
/// </summary>
public static class RankedSearch
{
    /// <summary>Up to <paramref name="count"/> regions, at most three of a file. Every line quoted is read from disk now.</summary>
    public static EvidenceResult Run(ContextStore store, Snapshot snapshot, string question, Scope scope, int count, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return new RankedRun(store, store.Index.View(snapshot), scope, count, progress, cancellationToken).Run(question);
        }
        catch (IndexDamagedException)
        {
            store.Index.Distrust();
            return new RankedRun(store, null, scope, count, progress, cancellationToken).Run(question);
        }
    }
}
