using System.Collections.Concurrent;
using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Scopes;

namespace Rlm.Context.Search.Ranking;

/// <summary>One ranked search.</summary>
internal sealed class RankedRun(ContextStore store, IndexView? view, Scope scope, int count, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
{
    private const int MaxPerFile = 3;

    private readonly ConcurrentDictionary<RepoPath, FileEntry> _changed = new();
    private readonly ConcurrentDictionary<RepoPath, bool> _gone = new();

    // So many units are read to find the best: more than are wanted, since coverage of the question changes their order.
    private int Window => count + Math.Max(20, count / 4);

    /// <summary>Runs it.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public EvidenceResult Run(string question)
    {
        var indexed = view is null ? null : new IndexedUnits(view, scope);
        var rest = indexed is null ? scope.Files.ToArray() : [.. indexed.Rest];
        var toScan = rest.Where(file => !file.IsLarge).ToArray();
        // Counts of the index are good for all files once it has most of them.
        var engine = indexed is not null && indexed.Files >= toScan.Length ? view!.Engine : null;
        var query = RankedQuery.Of(question, engine is null ? null : term => engine.UnitsWith(term) > 0);
        var words = query.Words.Where(word => word.Kind != QueryWordKind.Joined).Select(word => word.Text).ToArray();
        if (words.Length == 0) return new([], words);
        var scanned = new ScannedUnits(store, query, scope, toScan);
        scanned.Scan(progress, cancellationToken);
        var weights = Weights(query, engine, scanned.Holding(), toScan.Length);
        var candidates = scanned.Find(weights, progress, cancellationToken).ToList();
        if (indexed is { Files: > 0 }) candidates.AddRange(indexed.Find(weights, cancellationToken));
        if (engine is not null && MessageNames.In(candidates, weights, engine.UnitsWith) is { Count: > 0 } names)
            candidates = [.. indexed!.Find(weights.With(names), cancellationToken), .. candidates];
        var regions = Read(candidates, weights);
        if (!_changed.IsEmpty) regions.AddRange(Read([.. _changed.Values.SelectMany(file => scanned.UnitsOf(file, weights, new(), cancellationToken))], weights));
        return new(Choose(regions), words)
        {
            Missing = weights.Missing,
            FilesIndexed = (indexed?.Files ?? 0) - _changed.Count - _gone.Count,
            FilesScanned = toScan.Length - scanned.Unread + _changed.Count,
            FilesLarge = rest.Length - toScan.Length,
            PassedOver = indexed?.PassedOver ?? 0,
            FilesUnread = scanned.Unread + _gone.Count,
        };
    }

    private QueryWeights Weights(RankedQuery query, IEngineSnapshot? engine, int[] holding, int files)
    {
        if (engine is not null) return QueryWeights.FromIndex(query, engine, holding);
        // What only the indexed files have is not to be taken for missing.
        for (var word = 0; view is not null && word < holding.Length; word++)
            if (holding[word] == 0 && view.Engine.UnitsWith(query.Words[word].Stem) + view.Engine.UnitsWith(query.Words[word].Name) > 0) holding[word] = 1;
        return QueryWeights.FromFiles(query, holding, files);
    }

    private List<Evidence> Read(List<UnitCandidate> candidates, QueryWeights weights)
    {
        var score = new UnitScore(weights, view is null ? _ => 0 : view.Engine.UnitsWith);
        foreach (var candidate in candidates) score.Set(candidate);
        var best = candidates.OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.File.Path).ThenBy(candidate => candidate.Lines[0].Start)
            .DistinctBy(candidate => (candidate.File.Path, candidate.Lines[0].Start)).Take(Window).GroupBy(candidate => candidate.File.Path).ToArray();
        var found = new IReadOnlyList<Evidence>[best.Length];
        ParallelFiles.Run(best.Length, null, "", cancellationToken, () => 0, (index, _) => found[index] = ReadFile([.. best[index]], weights));
        return [.. found.SelectMany(list => list)];
    }

    // All units of one file. Those of an older version than the file is now are told, not shown.
    private IReadOnlyList<Evidence> ReadFile(UnitCandidate[] units, QueryWeights weights)
    {
        if ((units[0].Text ?? Open(units[0].File)) is not { } text)
        {
            _gone[units[0].File.Path] = true;
            return [];
        }
        if (units[0].Text is not null || text.Stamp == units[0].File.Stamp) return [.. units.Select(unit => RegionReader.Read(unit, text, weights)).OfType<Evidence>()];
        _changed[text.Path] = units[0].File;
        return [];
    }

    private WholeText? Open(FileEntry file)
    {
        try
        {
            return store.Open(file.Path, cancellationToken) as WholeText;
        }
        catch (ContextException)
        {
            return null; // gone since the snapshot; the next one tells
        }
    }

    private Evidence[] Choose(List<Evidence> regions) =>
        [.. regions.GroupBy(region => region.Path).SelectMany(file => file.OrderByDescending(region => region.Score).Take(MaxPerFile))
            .OrderByDescending(region => region.Score).ThenBy(region => region.Path).ThenBy(region => region.Handle.Range.Start).Take(count)];
}
