using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;

namespace Rlm.Context.Search.Ranking;

/// <summary>The units that the index ranks best, of the files of a scope whose outlines it has.</summary>
internal sealed class IndexedUnits
{
    private const int Best = 200, HugeBytes = 32 << 10, MostHuge = 4;

    private readonly IndexView _view;
    private readonly bool[] _isWanted;
    private readonly bool[]? _isInScope; // by place in the snapshot; null for all files
    private readonly Dictionary<int, StoredSymbols?> _read = [];
    private readonly HashSet<(int Content, int Unit)> _passedOver = [];

    /// <summary>Parts the scope into files that the index has and those that it has not. O(files) for a part of the repository.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public IndexedUnits(IndexView view, Scope scope)
    {
        _view = view;
        Rest = [];
        var all = view.Snapshot.Files.AsSpan();
        if (scope.Items is null && scope.Files.Span == all)
        {
            (_isWanted, Files) = (view.Outlined.IsHeld, view.Outlined.Known);
            for (var file = 0; Rest.Count < all.Length - Files; file++)
                if (view.Outlined.ContentOf(file) < 0) Rest.Add(all[file]);
            return;
        }
        (_isWanted, _isInScope) = (new bool[view.Outlined.ContentsEnd], new bool[all.Length]);
        var at = 0;
        foreach (var file in scope.Files.Span)
        {
            // Both are in path order, and a scope holds the snapshot's own entries.
            while (at < all.Length && !ReferenceEquals(all[at], file) && all[at].Path.CompareTo(file.Path) < 0) at++;
            var content = at < all.Length && ReferenceEquals(all[at], file) && scope.RangesOf(file.Path) is null ? view.Outlined.ContentOf(at) : -1;
            if (content < 0) Rest.Add(file);
            else (_isWanted[content], _isInScope[at], Files) = (true, true, Files + 1);
        }
    }

    /// <summary>How many files of the scope the index ranks.</summary>
    public int Files { get; }

    /// <summary>The others, in path order: not indexed yet, too large, or only some lines of them in scope.</summary>
    public List<FileEntry> Rest { get; }

    /// <summary>Units that would have been among the best, but lie in files with so many symbols that only a few of such files are read for one question.</summary>
    public int PassedOver => _passedOver.Count;

    /// <summary>The best units; outlines are read for these alone, and once.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public IEnumerable<UnitCandidate> Find(QueryWeights weights, CancellationToken cancellationToken)
    {
        var found = _view.Engine.Rank(weights.Terms, _isWanted, Best, cancellationToken);
        Read([.. found.Select(unit => unit.Content).Distinct().Where(content => !_read.ContainsKey(content))], cancellationToken);
        foreach (var unit in found.Where(unit => _read[unit.Content] is null)) _passedOver.Add((unit.Content, unit.Unit));
        return found.Where(unit => _read[unit.Content] is not null).Select(Candidate);
    }

    // Best first. Outlines of 20,000 symbols take milliseconds each, and such files (declarations to compile against, say) have something on every question: only the best few count.
    private void Read(int[] contents, CancellationToken cancellationToken)
    {
        var read = new StoredSymbols?[contents.Length];
        var huge = new byte[]?[contents.Length];
        ParallelFiles.Run(contents.Length, null, "", cancellationToken, () => 0, (index, _) =>
        {
            var bytes = _view.Engine.Outline(contents[index]);
            if (bytes.Length > HugeBytes) huge[index] = bytes;
            else read[index] = OutlineCodec.DecodeSymbols(bytes);
        });
        var some = Enumerable.Range(0, huge.Length).Where(index => huge[index] is not null).Take(MostHuge).ToArray();
        ParallelFiles.Run(some.Length, null, "", cancellationToken, () => 0, (at, _) => read[some[at]] = _view.Symbols.Kept(contents[some[at]]) ?? _view.Symbols.Read(contents[some[at]], huge[some[at]]!));
        for (var index = 0; index < contents.Length; index++) _read[contents[index]] = read[index];
    }

    private UnitCandidate Candidate(ScoredUnit found)
    {
        var symbols = _read[found.Content]!;
        if (found.Unit >= symbols.Units.Units.Length) throw new IndexDamagedException("an outline has fewer units than its text");
        var (first, others) = FilesOf(found.Content);
        return UnitCandidate.Of(first, symbols, symbols.Units, found.Unit, found.Score, others, text: null);
    }

    // The first of the scope's files with a content, in path order, and how many more there are.
    private (FileEntry First, int Others) FilesOf(int content)
    {
        var (first, others) = (-1, -1);
        foreach (var file in _view.Outlined.FilesOf(content))
        {
            if (_isInScope is not null && !_isInScope[file]) continue;
            if (first < 0) first = file;
            others++;
        }
        return (_view.Snapshot.Files[first], others);
    }
}
