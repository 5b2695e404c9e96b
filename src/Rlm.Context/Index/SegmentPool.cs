using Rlm.Context.Index.Segments;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index;

/// <summary>
/// Opens segments, each once for all generations that have it, so that a small commit costs a reader nothing but the new segment.
/// Knows them weakly: a snapshot may be dropped without being disposed. Safe to use from many threads.
/// </summary>
internal sealed class SegmentPool(IIndexFiles files, Func<ulong, string> nameOf)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, WeakReference<SegmentReader>> _open = [];

    /// <summary>A reader to be disposed; null when the file is missing.</summary>
    /// <exception cref="IndexDamagedException">It is not as it was written.</exception>
    public SegmentReader? Open(SegmentInfo info)
    {
        lock (_gate)
            if (_open.TryGetValue(info.Id, out var known) && known.TryGetTarget(out var shared) && shared.Info == info && shared.TryHold()) return shared;
        // Not under the lock: it reads. Two threads at once may open two.
        if (Load(info) is not { } reader) return null;
        lock (_gate)
        {
            foreach (var (id, other) in _open)
                if (!other.TryGetTarget(out _)) _open.Remove(id);
            _open[info.Id] = new(reader);
        }
        return reader;
    }

    private SegmentReader? Load(SegmentInfo info)
    {
        IIndexFile? file;
        try
        {
            file = files.Open(nameOf(info.Id));
        }
        catch (IOException fault)
        {
            throw new IndexDamagedException("a segment cannot be opened", fault);
        }
        if (file is null) return null;
        try
        {
            return info.Kind == SegmentKind.Files ? new FileSegmentReader(file, info) : new ContentSegmentReader(file, info);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
