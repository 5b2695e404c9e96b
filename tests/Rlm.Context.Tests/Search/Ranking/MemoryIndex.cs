using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Outlines;
using Rlm.Context.Search.Planning;
using Rlm.Context.Search.Ranking;

namespace Rlm.Context.Tests.Search.Ranking;

/// <summary>What an index would hold of some files of a snapshot, in memory, ranked by brute force.</summary>
internal sealed class MemoryIndex : IEngineSnapshot
{
    private readonly List<IndexedFile> _files = [];
    private readonly List<OutlinedContent> _contents = [];
    private readonly List<int> _firstUnit = [];
    private readonly Dictionary<UInt128, int> _byKey = [];
    private readonly Dictionary<ulong, List<(int Content, int Unit, byte Impact)>> _postings = [];

    /// <summary>Reads and outlines the files that pass.</summary>
    public MemoryIndex(ContextStore store, Snapshot snapshot, Func<FileEntry, bool>? passes = null) : this(Outlined(store, snapshot, passes))
    {
    }

    /// <summary>Takes what was read and outlined.</summary>
    public MemoryIndex((FileEntry File, FileText Text, Outline Outline)[] files)
    {
        var contents = files.AsParallel().AsOrdered().Select(item =>
        {
            var content = OutlineKey.ContentOf(System.Runtime.InteropServices.MemoryMarshal.AsBytes(item.Text.Text.AsSpan()));
            return (Hash: content, Content: new ContentExtractor().Extract(OutlineKey.Of(content, item.File.Path, item.File.Language), item.Text, item.Outline));
        }).ToArray();
        for (var at = 0; at < files.Length; at++)
        {
            _files.Add(new(files[at].File.Path.Value, files[at].File.Stamp, contents[at].Hash, IndexedFileFlags.None));
            Add(contents[at].Content);
        }
    }

    /// <summary>Reads and outlines the files that pass.</summary>
    public static (FileEntry File, FileText Text, Outline Outline)[] Outlined(ContextStore store, Snapshot snapshot, Func<FileEntry, bool>? passes = null) =>
        [.. snapshot.Files.Where(file => !file.IsLarge && passes?.Invoke(file) != false).AsParallel().AsOrdered().Select(file =>
        {
            var text = ((WholeText)store.Open(file.Path, default)).Text;
            return (file, text, Outliner.Outline(file.Path, file.Language, text, default));
        })];

    /// <summary>Ids whose outlines are to come out damaged.</summary>
    public Func<int, bool> IsDamaged { get; set; } = _ => false;

    public long Generation => 1;

    public int FileCount => _files.Count;

    public IEnumerable<int> Files => Enumerable.Range(0, _files.Count);

    public IEnumerable<int> Contents => Enumerable.Range(0, _contents.Count);

    public int UnitCount { get; private set; }

    public int[] Candidates(TrigramQuery query) => [.. Files];

    public IndexedFile File(int id) => _files[id];

    public void ScanFiles(FileVisitor visit)
    {
        foreach (var id in Files) visit(id, new(FileVersion.HashOf(_files[id].Path), _files[id].Stamp, _files[id].Content, _files[id].Flags));
    }

    public bool TryRead(int id, ref byte[] buffer, out int length)
    {
        length = 0;
        return false;
    }

    public int FindContent(UInt128 key) => _byKey.GetValueOrDefault(key, -1);

    public UInt128 KeyOf(int content) => _contents[content].Key;

    public byte[] Outline(int content) => IsDamaged(content) ? [1, 2, 3] : _contents[content].Outline;

    public int UnitsWith(ulong term) => _postings.TryGetValue(term, out var found) ? found.Count : 0;

    public IReadOnlyList<ScoredUnit> Rank(IReadOnlyList<WeightedTerm> terms, bool[] isWanted, int count, CancellationToken cancellationToken)
    {
        var scores = new float[UnitCount];
        foreach (var term in terms)
            if (_postings.TryGetValue(term.Term, out var found))
                foreach (var (content, unit, impact) in found)
                    if (content < isWanted.Length && isWanted[content]) scores[_firstUnit[content] + unit] += term.Weight * impact / 255;
        var first = _firstUnit.ToArray();
        return [.. Enumerable.Range(0, scores.Length).Where(unit => scores[unit] > 0).OrderByDescending(unit => scores[unit]).ThenBy(unit => unit).Take(count).Select(unit =>
        {
            var at = Array.BinarySearch(first, unit);
            var content = at >= 0 ? at : ~at - 1;
            while (content + 1 < first.Length && first[content + 1] == unit) content++;
            return new ScoredUnit(content, unit - first[content], scores[unit]);
        })];
    }

    public IReadOnlyList<SymbolPlace> SymbolsNamed(string name) => [];

    public void ScanNames(NameFilter passes, Action<string, int> found, CancellationToken cancellationToken)
    {
    }

    public void Verify(CancellationToken cancellationToken)
    {
    }

    public void Dispose()
    {
    }

    private void Add(OutlinedContent content)
    {
        if (!_byKey.TryAdd(content.Key, _contents.Count)) return;
        _contents.Add(content);
        _firstUnit.Add(UnitCount);
        UnitCount += content.UnitCount;
        foreach (var posting in content.Postings.Span)
        {
            if (!_postings.TryGetValue(posting.Term, out var found)) _postings[posting.Term] = found = [];
            found.Add((_contents.Count - 1, posting.Unit, posting.Impact));
        }
    }
}
