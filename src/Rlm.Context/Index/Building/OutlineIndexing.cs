using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Search.Ranking;

namespace Rlm.Context.Index.Building;

/// <summary>One worker's way from a file to its outline and the terms of its units; buffers are used again for every file.</summary>
internal sealed class OutlineIndexing(FileReader reader)
{
    private readonly ContentExtractor _extractor = new();
    private byte[] _bytes = [];

    /// <summary>Puts the outlined content of a file, unless the file has changed meanwhile: then the next update does it.</summary>
    /// <exception cref="IOException">The index could not be written.</exception>
    public void Put(FileEntry file, UInt128 key, IEngineWriter writer, CancellationToken cancellationToken)
    {
        if (!TryRead(file, out var length)) return;
        var bytes = _bytes.AsSpan(0, length);
        if (OutlineKey.Of(OutlineKey.ContentOf(bytes), file.Path, file.Language) != key) return;
        var text = FileText.Decode(bytes);
        writer.PutContent(_extractor.Extract(key, text, Outliner.Outline(file.Path, file.Language, text, cancellationToken)));
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
