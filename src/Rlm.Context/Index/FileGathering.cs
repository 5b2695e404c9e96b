using System.Text;
using Rlm.Context.Index.Segments;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index;

/// <summary>The files that are put but not yet a segment: their texts on the disk already, the rest in memory; and where all other files are. For one thread.</summary>
internal sealed class FileGathering(OwnEngine engine, List<WrittenSegment> segments, HeldSegments held) : IDisposable
{
    private readonly PairBuffer _pairs = new(engine.Limits.MaxPairs);
    private WrittenSegment _segment = new();
    private FileTable _files = new();
    private SegmentOutput? _output;
    private PlaceTable? _places;

    /// <summary>Adds a file; what was known under its path is dead.</summary>
    public void Put(in IndexedFile file, ReadOnlySpan<uint> trigrams, ReadOnlySpan<byte> bytes)
    {
        Remove(file.Path);
        if (_pairs.IsFullFor(trigrams.Length)) Seal();
        _output ??= new(engine);
        var hash = FileVersion.HashOf(file.Path);
        var text = bytes.IsEmpty && file.Stamp.Bytes != 0 ? Blob.None : _output.Blobs.Add(bytes);
        Places.Add(hash, new(_segment, _files.Count));
        _files.Add(new(hash, file.Stamp, file.Content, file.Flags), Encoding.UTF8.GetBytes(file.Path), text);
        _pairs.Add(trigrams, file.Flags.HasFlag(IndexedFileFlags.AlwaysCandidate));
    }

    /// <summary>Forgets a path; false when it is not known.</summary>
    public bool Remove(string path)
    {
        var utf8 = Encoding.UTF8.GetBytes(path);
        if (Places.Remove(FileVersion.HashOf(path), place => PathOf(place).SequenceEqual(utf8)) is not { } known) return false;
        known.Segment.Dead.Add(known.Item);
        return true;
    }

    /// <summary>Makes a segment of all that was put; nothing happens when that is nothing.</summary>
    public void Seal()
    {
        if (_output is null) return;
        var writer = new FileSegmentWriter(_output.File, _output.Blobs, _files);
        _pairs.Drain(writer);
        _segment.Info = writer.Finish(_output.Id);
        segments.Add(_segment);
        _output.Dispose();
        (_output, _segment, _files) = (null, new(), new());
    }

    /// <summary>To be called when files have moved to other segments.</summary>
    public void ForgetPlaces() => _places = null;

    public void Dispose() => _output?.Dispose();

    private PlaceTable Places => _places ??= ReadPlaces();

    private PlaceTable ReadPlaces()
    {
        var ours = segments.Where(segment => segment.Info.Kind == SegmentKind.Files).ToArray();
        var places = new PlaceTable(ours.Sum(segment => segment.Info.Items));
        foreach (var segment in ours)
            held.Of<FileSegmentReader>(segment).Scan((int document, in FileVersion version) =>
            {
                if (!segment.Dead.Contains(document)) places.Add(version.PathHash, new(segment, document));
            });
        return places;
    }

    private ReadOnlySpan<byte> PathOf(WrittenPlace place) => place.Segment == _segment ? _files.PathOf(place.Item) : held.Of<FileSegmentReader>(place.Segment).Path(place.Item);
}
