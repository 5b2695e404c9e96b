using Rlm.Context.Index;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Tests.Index;

/// <summary>An engine too simple to be wrong: one dictionary for each generation. It is its own place.</summary>
internal sealed class NaiveEngine : IIndexEngine
{
    private Dictionary<string, (IndexedFile File, HashSet<uint> Trigrams, byte[]? Bytes)> _committed = [];
    private long _generation;
    private int _writers;

    public string FormatId => "naive-1";

    public long CurrentGeneration() => _generation;

    public IEngineSnapshot Open()
    {
        lock (this) return new Snapshot(_generation, [.. _committed.Values]);
    }

    public IEngineWriter OpenWriter()
    {
        if (Interlocked.CompareExchange(ref _writers, 1, 0) != 0) throw new IndexBusyException();
        return new Writer(this, new(_committed), changed: false);
    }

    public IEngineWriter StartOver()
    {
        if (Interlocked.CompareExchange(ref _writers, 1, 0) != 0) throw new IndexBusyException();
        return new Writer(this, [], changed: true);
    }

    private sealed class Snapshot(long generation, (IndexedFile File, HashSet<uint> Trigrams, byte[]? Bytes)[] files) : IEngineSnapshot
    {
        public long Generation => generation;

        public int FileCount => files.Length;

        public IEnumerable<int> Files => Enumerable.Range(0, files.Length);

        public int[] Candidates(TrigramQuery query) =>
            [.. Files.Where(id => files[id].File.Flags.HasFlag(IndexedFileFlags.AlwaysCandidate) || query.Admits(files[id].Trigrams.Contains))];

        public IndexedFile File(int id) => files[id].File;

        public IEnumerable<int> Contents => [];

        public int UnitCount => 0;

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

        public int FindContent(UInt128 key) => -1;

        public UInt128 KeyOf(int content) => throw new NotSupportedException();

        public byte[] Outline(int content) => throw new NotSupportedException();

        public int UnitsWith(ulong term) => 0;

        public IReadOnlyList<ScoredUnit> Rank(IReadOnlyList<WeightedTerm> terms, bool[] isWanted, int count, CancellationToken cancellationToken) => [];

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
    }

    private sealed class Writer(NaiveEngine engine, Dictionary<string, (IndexedFile File, HashSet<uint> Trigrams, byte[]? Bytes)> files, bool changed) : IEngineWriter
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

        public void PutContent(OutlinedContent content) => throw new NotSupportedException();

        public void RemoveContent(UInt128 key) => throw new NotSupportedException();

        public bool HasContent(UInt128 key) => throw new NotSupportedException();

        public long Commit()
        {
            lock (engine)
                if (_changed) (engine._committed, engine._generation, _changed) = (new(files), engine._generation + 1, false);
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
