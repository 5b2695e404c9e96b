namespace Rlm.Context.Index.Storage;

/// <summary>Files in memory, where no folder can be written. Gone with the process.</summary>
internal sealed class MemoryIndexFiles : IIndexFiles
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MemoryFile> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _locks = new(StringComparer.Ordinal);

    public IReadOnlyList<string> List()
    {
        lock (_gate) return [.. _files.Keys];
    }

    public IIndexFile? Open(string name)
    {
        lock (_gate) return _files.GetValueOrDefault(name);
    }

    public IIndexOutput Create(string name)
    {
        lock (_gate) return _files[name] = new MemoryFile();
    }

    public void Rename(string from, string to)
    {
        lock (_gate)
        {
            if (!_files.Remove(from, out var file)) throw new FileNotFoundException(from);
            _files[to] = file;
        }
    }

    public void Delete(string name)
    {
        lock (_gate) _files.Remove(name);
    }

    public void SyncFolder()
    {
    }

    public IDisposable? TryLock(string name)
    {
        lock (_gate) return _locks.Add(name) ? new Held(this, name) : null;
    }

    private sealed class MemoryFile : IIndexFile, IIndexOutput
    {
        private byte[] _bytes = [];
        private int _length;

        public long Length => _length;

        public int Read(Span<byte> buffer, long offset)
        {
            if (offset >= _length) return 0;
            var part = _bytes.AsSpan((int)offset, (int)Math.Min(buffer.Length, _length - offset));
            part.CopyTo(buffer);
            return part.Length;
        }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            if (_length + bytes.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_length + bytes.Length, _bytes.Length + (_bytes.Length / 2)));
            bytes.CopyTo(_bytes.AsSpan(_length));
            _length += bytes.Length;
        }

        public void Sync()
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class Held(MemoryIndexFiles files, string name) : IDisposable
    {
        public void Dispose()
        {
            lock (files._gate) files._locks.Remove(name);
        }
    }
}
