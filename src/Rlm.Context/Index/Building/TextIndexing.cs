using System.Collections.Concurrent;
using System.Text;
using Rlm.Context.Files;

namespace Rlm.Context.Index.Building;

/// <summary>One worker's way from a file to its trigrams; buffers are used again for every file.</summary>
/// <param name="reader">For reading the files.</param>
/// <param name="kept">Contents whose bytes the engine has been given, by any worker: of copies one is enough. Null when no bytes are to be kept.</param>
internal sealed class TextIndexing(FileReader reader, ConcurrentDictionary<UInt128, bool>? kept)
{
    private readonly TrigramCollector _collector = new();
    private byte[] _bytes = [];

    /// <summary>Puts the file as it is now; false when it is not to be trusted (gone, unreadable, being written to): then it is read by every search.</summary>
    /// <exception cref="IOException">The index could not be written.</exception>
    public bool Put(FileEntry file, IEngineWriter writer)
    {
        if (file.IsLarge)
        {
            writer.Put(new(file.Path.Value, file.Stamp, default, IndexedFileFlags.AlwaysCandidate), [], []);
            return true;
        }
        if (!TryRead(file, out var length)) return false;
        var bytes = _bytes.AsSpan(0, length);
        var utf8 = FileText.EncodingOf(bytes, out _) == FileEncoding.Utf8 ? bytes : Encoding.UTF8.GetBytes(FileText.Decode(bytes).Text);
        var content = OutlineKey.ContentOf(bytes);
        writer.Put(new(file.Path.Value, file.Stamp, content, IndexedFileFlags.None), _collector.Collect(utf8), kept is not null && kept.TryAdd(content, true) ? bytes : []);
        return true;
    }

    private bool TryRead(FileEntry file, out int length)
    {
        length = -1;
        try
        {
            length = reader.ReadInto(ref _bytes, file.Path, out var stamp, out var changed);
            return length >= 0 && !changed && stamp == file.Stamp;
        }
        catch (Exception unreadable) when (unreadable is RootAccessException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
