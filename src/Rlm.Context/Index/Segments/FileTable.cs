namespace Rlm.Context.Index.Segments;

/// <summary>The files of a segment that is being made, in the order of their document numbers. About 100 bytes and its path for each.</summary>
internal sealed class FileTable
{
    private readonly List<FileVersion> _versions = [];
    private readonly List<FilePlace> _places = [];
    private byte[] _paths = new byte[1 << 12];
    private int _pathBytes;

    /// <summary>How many files.</summary>
    public int Count => _versions.Count;

    /// <summary>Where the paths start in the segment.</summary>
    public long Paths => (long)Count * (FileRecord.Bytes + FilePlace.Bytes);

    /// <summary>Adds the next file; its path is in UTF-8.</summary>
    public void Add(in FileVersion version, ReadOnlySpan<byte> path, Blob text)
    {
        if (_pathBytes + path.Length > _paths.Length) Array.Resize(ref _paths, checked(Math.Max(_pathBytes + path.Length, _paths.Length * 2)));
        path.CopyTo(_paths.AsSpan(_pathBytes));
        _versions.Add(version);
        _places.Add(new(text, _pathBytes, path.Length));
        _pathBytes += path.Length;
    }

    /// <summary>A file's path in UTF-8.</summary>
    public ReadOnlySpan<byte> PathOf(int document) => _paths.AsSpan((int)_places[document].PathStart, _places[document].PathLength);

    /// <summary>Writes versions, places and paths.</summary>
    public void WriteTo(CheckedWriter writer)
    {
        Span<byte> record = stackalloc byte[FileRecord.Bytes];
        foreach (var version in _versions)
        {
            FileRecord.Write(version, record);
            writer.Write(record);
        }
        var place = record[..FilePlace.Bytes];
        foreach (var one in _places)
        {
            one.WriteTo(place);
            writer.Write(place);
        }
        writer.Write(_paths.AsSpan(0, _pathBytes));
    }
}
