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
        ReadOnlySpan<byte> utf8 = FileText.EncodingOf(bytes, out _) == FileEncoding.Utf8 ? bytes : Encoding.UTF8.GetBytes(FileText.Decode(bytes).Text);
        var content = OutlineKey.ContentOf(bytes);
        PutAll(file, content, bytes, utf8, kept is not null && kept.TryAdd(content, true), writer);
        return true;
    }

    private void PutAll(FileEntry file, UInt128 content, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> utf8, bool isKept, IEngineWriter writer)
    {
        // A text in another encoding is kept as it is, so its parts would not fit.
        var isDivided = FileParts.AreFor(bytes.Length) && utf8.Length == bytes.Length;
        if (!isDivided || FileParts.EndOf(utf8, 0) == utf8.Length)
        {
            writer.Put(new(file.Path.Value, file.Stamp, content, IndexedFileFlags.None), _collector.Collect(utf8), isKept ? bytes : []);
            return;
        }
        for (int start = 0, part = 0, end; start < utf8.Length; start = end, part++)
        {
            end = FileParts.EndOf(utf8, start);
            var flags = end == utf8.Length ? IndexedFileFlags.LastPart : IndexedFileFlags.None;
            writer.Put(new(FileParts.NameOf(file.Path.Value, part), file.Stamp, content, flags), _collector.Collect(utf8[start..end]), isKept ? bytes[start..end] : []);
        }
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
