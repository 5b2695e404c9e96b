using Rlm.Context.Index.Segments;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index;

/// <summary>The file of a segment in the making.</summary>
internal sealed class SegmentOutput : IDisposable
{
    /// <summary>Makes the file, under a new name.</summary>
    public SegmentOutput(OwnEngine engine)
    {
        Id = (ulong)Random.Shared.NextInt64();
        File = engine.Files.Create(engine.SegmentName(Id));
        Blobs = new(File);
    }

    /// <summary>The segment's name.</summary>
    public ulong Id { get; }

    /// <summary>The file.</summary>
    public IIndexOutput File { get; }

    /// <summary>Writes the file's first part.</summary>
    public BlobWriter Blobs { get; }

    /// <summary>Closes the file. Without a name in the manifest the next commit deletes it.</summary>
    public void Dispose() => File.Dispose();
}
