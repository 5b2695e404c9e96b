using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Search.Ranking;

namespace Rlm.Context.Index.Building;

/// <summary>One worker's way from files to their outlines and the terms of their units; buffers are used again for every file.</summary>
internal sealed class OutlineIndexing(FileReader reader, OutlineProviders providers)
{
    private readonly ContentExtractor _extractor = new();
    private byte[] _bytes = [];

    /// <summary>Puts the outlined contents of a batch of files, less those that have changed meanwhile or whose provider could not be had: these the next update does.</summary>
    /// <exception cref="IOException">The index could not be written.</exception>
    public void Put(IReadOnlyList<(FileEntry File, UInt128 Key)> files, IEngineWriter writer, CancellationToken cancellationToken)
    {
        var read = new List<(UInt128 Key, OutlineItem Item)>(files.Count);
        foreach (var (file, key) in files)
            if (TryText(file, key) is { } text) read.Add((key, new(file.Path, file.Language, text)));
        var standIns = new HashSet<int>();
        var outlines = providers.OutlineAll([.. read.Select(text => text.Item)], cancellationToken, place => standIns.Add(place));
        for (var at = 0; at < read.Count; at++)
            if (!standIns.Contains(at)) writer.PutContent(_extractor.Extract(read[at].Key, read[at].Item.Text, outlines[at]));
    }

    private FileText? TryText(FileEntry file, UInt128 key)
    {
        if (!TryRead(file, out var length)) return null;
        var bytes = _bytes.AsSpan(0, length);
        return OutlineKey.Of(OutlineKey.ContentOf(bytes), file.Path, file.Language, providers.WayOf(file.Language)) == key ? FileText.Decode(bytes) : null;
    }

    private bool TryRead(FileEntry file, out int length)
    {
        length = -1;
        try
        {
            length = reader.ReadInto(ref _bytes, file.Path, out _);
            return length >= 0;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
