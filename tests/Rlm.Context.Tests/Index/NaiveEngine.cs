using Rlm.Context.Index;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Tests.Index;

/// <summary>An engine too simple to be wrong: one dictionary for each generation. It is its own place.</summary>
internal sealed class NaiveEngine : IIndexEngine
{
    private Dictionary<string, (IndexedFile File, HashSet<uint> Trigrams, byte[]? Bytes)> _committed = [];
    private Dictionary<UInt128, OutlinedContent> _contents = [];
    private long _generation;
    private int _writers;

    public string FormatId => "naive-1";

    public long TotalBytes() => _committed.Values.Sum(file => 3L * file.Trigrams.Count);

    public long CurrentGeneration() => _generation;

    public IEngineSnapshot Open()
    {
        lock (this) return new Snapshot(_generation, [.. _committed.Values], [.. _contents.Values]);
    }

    public IEngineWriter OpenWriter()
    {
        if (Interlocked.CompareExchange(ref _writers, 1, 0) != 0) throw new IndexBusyException();
        return new Writer(this, new(_committed), new(_contents), changed: false);
    }

    public IEngineWriter StartOver()
    {
        if (Interlocked.CompareExchange(ref _writers, 1, 0) != 0) throw new IndexBusyException();
        return new Writer(this, [], [], changed: true);
    }

    private sealed class Snapshot(long generation, (IndexedFile File, HashSet<uint> Trigrams, byte[]? Bytes)[] files, OutlinedContent[] contents) : IEngineSnapshot
    {
        public long Generation => generation;

        public int FileCount => files.Length;

        public IEnumerable<int> Files => Enumerable.Range(0, files.Length);

        public int[] Candidates(TrigramQuery query) =>
            [.. Files.Where(id => files[id].File.Flags.HasFlag(IndexedFileFlags.AlwaysCandidate) || query.Admits(files[id].Trigrams.Contains))];

        public IndexedFile File(int id) => files[id].File;

        public IEnumerable<int> Contents => Enumerable.Range(0, contents.Length);

        public int UnitCount => contents.Sum(content => content.UnitCount);

        public void ScanFiles(FileVisitor visit)
        {
            foreach (var id in Files)
            {
                var file = File(id);
                visit(id, new(FileVersion.HashOf(file.Path), file.Stamp, file.Content, file.Flags));
            }
        }

        public bool TryRead(int id, ref byte[] buffer, out int length)
        {
            var bytes = files[id].Bytes;
            length = bytes?.Length ?? 0;
            if (buffer.Length < length) buffer = new byte[length];
            bytes?.CopyTo(buffer, 0);
            return bytes is not null;
        }

        public int FindContent(UInt128 key) => Array.FindIndex(contents, content => content.Key == key);

        public UInt128 KeyOf(int content) => contents[content].Key;

        public byte[] Outline(int content) => contents[content].Outline;

        public int UnitsWith(ulong term) => contents.Sum(content => content.Postings.ToArray().Count(posting => posting.Term == term));

        public IReadOnlyList<ScoredUnit> Rank(IReadOnlyList<WeightedTerm> terms, bool[] isWanted, int count, CancellationToken cancellationToken)
        {
            var weights = terms.ToDictionary(term => term.Term, term => term.Weight);
            var units = from id in Contents.Where(id => id < isWanted.Length && isWanted[id])
                        from posting in contents[id].Postings.ToArray()
                        group weights.GetValueOrDefault(posting.Term) * posting.Impact / 255 by (id, posting.Unit) into unit
                        select new ScoredUnit(unit.Key.id, unit.Key.Unit, unit.Sum());
            return [.. units.Where(unit => unit.Score > 0).OrderByDescending(unit => unit.Score).ThenBy(unit => unit.Content).ThenBy(unit => unit.Unit).Take(count)];
        }

        public IReadOnlyList<SymbolPlace> SymbolsNamed(string name) =>
            [.. Contents.SelectMany(id => contents[id].Names.Index().Where(symbol => symbol.Item == name && name.Length > 0).Select(symbol => new SymbolPlace(id, symbol.Index)))];

        public void ScanNames(NameFilter passes, Action<string, int> found, CancellationToken cancellationToken)
        {
            foreach (var (name, count) in contents.SelectMany(content => content.Names).Where(name => name.Length > 0).CountBy(name => name))
                if (passes(System.Text.Encoding.UTF8.GetBytes(name))) found(name, count);
        }

        public void Verify(CancellationToken cancellationToken)
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class Writer(NaiveEngine engine, Dictionary<string, (IndexedFile File, HashSet<uint> Trigrams, byte[]? Bytes)> files, Dictionary<UInt128, OutlinedContent> contents, bool changed) : IEngineWriter
    {
        private bool _changed = changed;

        public void Put(in IndexedFile file, ReadOnlySpan<uint> trigrams, ReadOnlySpan<byte> bytes)
        {
            lock (this) (files[file.Path], _changed) = ((file, [.. trigrams], bytes.IsEmpty && file.Stamp.Bytes != 0 ? null : bytes.ToArray()), true);
        }

        public void Remove(string path)
        {
            lock (this) _changed |= files.Remove(path);
        }

        public void PutContent(OutlinedContent content)
        {
            var units = content.Postings.ToArray().Select(posting => posting.Unit).ToArray();
            if (!units.SequenceEqual(units.Order()) || units.Any(unit => unit < 0 || unit >= content.UnitCount) || content.Postings.ToArray().Any(posting => posting.Impact == 0)) throw new ArgumentException("bad postings");
            lock (this) _changed |= contents.TryAdd(content.Key, content);
        }

        public void RemoveContent(UInt128 key)
        {
            lock (this) _changed |= contents.Remove(key);
        }

        public bool HasContent(UInt128 key)
        {
            lock (this) return contents.ContainsKey(key);
        }

        public long Commit()
        {
            lock (engine)
                if (_changed) (engine._committed, engine._contents, engine._generation, _changed) = (new(files), new(contents), engine._generation + 1, false);
            return engine._generation;
        }

        public bool Merge(CancellationToken cancellationToken)
        {
            Commit();
            return false;
        }

        public void Dispose() => engine._writers = 0;
    }
}
