using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;

namespace Rlm.Context.Search.Ranking;

/// <summary>The units that the index ranks best, of the files of a scope whose outlines it has.</summary>
internal sealed class IndexedUnits
{
    private const int Best = 200;

    private readonly IndexView _view;
    private readonly Dictionary<int, (FileEntry File, int Others)> _firstOf = [];
    private readonly bool[] _isWanted;

    /// <summary>Parts the scope into files that the index has and those that it has not. O(files).</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public IndexedUnits(IndexView view, Scope scope)
    {
        _view = view;
        _isWanted = new bool[view.Outlined.ContentsEnd];
        Rest = [];
        var all = view.Snapshot.Files.AsSpan();
        var at = 0;
        foreach (var file in scope.Files.Span)
        {
            // Both are in path order, and a scope holds the snapshot's own entries.
            while (at < all.Length && !ReferenceEquals(all[at], file) && all[at].Path.CompareTo(file.Path) < 0) at++;
            var content = at < all.Length && all[at].Path == file.Path && all[at].Stamp == file.Stamp && scope.RangesOf(file.Path) is null ? view.Outlined.ContentOf(at) : -1;
            if (content < 0) Rest.Add(file);
            else Take(content, file);
        }
    }

    /// <summary>How many files of the scope the index ranks.</summary>
    public int Files { get; private set; }

    /// <summary>The others, in path order: not indexed yet, too large, or only some lines of them in scope.</summary>
    public List<FileEntry> Rest { get; }

    /// <summary>The best units; outlines are read for these alone.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public IEnumerable<UnitCandidate> Find(QueryWeights weights, CancellationToken cancellationToken)
    {
        var found = _view.Engine.Rank(weights.Terms, _isWanted, Best, cancellationToken).GroupBy(unit => unit.Content).ToArray();
        var candidates = new List<UnitCandidate>[found.Length];
        ParallelFiles.Run(found.Length, null, "", cancellationToken, () => 0, (index, _) => candidates[index] = [.. Units(found[index])]);
        return candidates.SelectMany(list => list);
    }

    private void Take(int content, FileEntry file)
    {
        Files++;
        _isWanted[content] = true;
        _firstOf[content] = _firstOf.TryGetValue(content, out var first) ? (first.File, first.Others + 1) : (file, 0);
    }

    private IEnumerable<UnitCandidate> Units(IGrouping<int, ScoredUnit> found)
    {
        var content = OutlineCodec.Decode(_view.Engine.Outline(found.Key));
        var symbols = new SymbolTable(content.Outline);
        var (file, others) = _firstOf[found.Key];
        foreach (var unit in found)
        {
            if (unit.Unit >= content.Units.Units.Length) throw new IndexDamagedException("an outline has fewer units than its text");
            yield return UnitCandidate.Of(file, symbols, content.Units, unit.Unit, unit.Score, others, text: null);
        }
    }
}
