using Rlm.Context.Index.Segments;

namespace Rlm.Context.Index;

/// <summary>The segments that a writer has had to open. For one thread.</summary>
internal sealed class HeldSegments(OwnEngine engine) : IDisposable
{
    private readonly Dictionary<ulong, SegmentReader> _readers = [];

    /// <summary>A segment's reader, good until it is released.</summary>
    /// <exception cref="IndexDamagedException">It is missing or not as it was written.</exception>
    public T Of<T>(WrittenSegment segment) where T : SegmentReader
    {
        if (!_readers.TryGetValue(segment.Info.Id, out var reader)) _readers[segment.Info.Id] = reader = engine.OpenSegment(segment.Info) ?? throw new IndexDamagedException("a segment is missing");
        return (T)reader;
    }

    /// <summary>Lets go of a segment.</summary>
    public void Release(WrittenSegment segment)
    {
        if (_readers.Remove(segment.Info.Id, out var reader)) reader.Dispose();
    }

    public void Dispose()
    {
        foreach (var reader in _readers.Values) reader.Dispose();
        _readers.Clear();
    }
}
