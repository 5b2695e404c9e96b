using System.Globalization;
using Rlm.Context.Index.Segments;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index;

/// <summary>
/// The engine of our own: immutable segment files, each with the texts and trigrams of some files or with some outlined contents, and a manifest that names the segments of the newest generation.
/// A commit writes and syncs new segments, syncs the folder, writes and syncs the manifest beside the old one, renames it into place and syncs the folder again; then segments
/// without a name are deleted. Readers hold the files open, so a deleted one stays readable to them.
/// Every name begins with <see cref="FormatId"/>: another format is never touched.
/// </summary>
internal sealed class OwnEngine : IIndexEngine
{
    private const int Tries = 20;

    private readonly SegmentPool _pool;

    /// <summary>Keeps the index in these files.</summary>
    public OwnEngine(IIndexFiles files, EngineLimits? limits = null) => (Files, Limits, _pool) = (files, limits ?? new(), new(files, SegmentName));

    public string FormatId => "own-2";

    /// <summary>Its files.</summary>
    public IIndexFiles Files { get; }

    /// <summary>How much it gathers in memory.</summary>
    public EngineLimits Limits { get; }

    /// <summary>The name of the newest generation's manifest.</summary>
    public string ManifestName => FormatId + ".manifest";

    /// <summary>The name of a manifest that is being written.</summary>
    public string NewManifestName => FormatId + ".manifest.new";

    private string LockName => FormatId + ".lock";

    /// <summary>The name of a segment.</summary>
    public string SegmentName(ulong id) => string.Create(CultureInfo.InvariantCulture, $"{FormatId}.{id:x16}.segment");

    public long TotalBytes() => Files.TotalBytes(FormatId + ".");

    public long CurrentGeneration() => Manifest.Read(Files, ManifestName).Generation;

    public IEngineSnapshot Open()
    {
        // A writer may delete a segment between our reading the manifest and opening the segment; the manifest has then changed.
        var manifest = Manifest.Read(Files, ManifestName);
        for (var tries = 0; ; tries++)
        {
            if (TryOpen(manifest) is { } readers) return new OwnSnapshot(manifest, readers);
            var newer = Manifest.Read(Files, ManifestName);
            if (newer.Generation == manifest.Generation || tries == Tries) throw new IndexDamagedException("a segment is missing");
            manifest = newer;
        }
    }

    public IEngineWriter OpenWriter() => Locked(held => new OwnWriter(this, Manifest.Read(Files, ManifestName), isCommitted: true, held));

    public IEngineWriter StartOver() => Locked(held => new OwnWriter(this, new(NextAfterDamage(), []), isCommitted: false, held));

    /// <summary>Opens a segment, or holds it once more; null when it is missing.</summary>
    /// <exception cref="IndexDamagedException">It is not as it was written.</exception>
    public SegmentReader? OpenSegment(SegmentInfo info) => _pool.Open(info);

    private SegmentReader[]? TryOpen(Manifest manifest)
    {
        var readers = new List<SegmentReader>(manifest.Segments.Length);
        var isComplete = false;
        try
        {
            foreach (var segment in manifest.Segments)
            {
                if (OpenSegment(segment.Info) is not { } reader) return null;
                readers.Add(reader);
            }
            isComplete = true;
            return [.. readers];
        }
        finally
        {
            if (!isComplete) readers.ForEach(reader => reader.Dispose());
        }
    }

    private IEngineWriter Locked(Func<IDisposable, IEngineWriter> open)
    {
        var held = Files.TryLock(LockName) ?? throw new IndexBusyException();
        try
        {
            return open(held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    // Must differ from all generations before, and those may be unreadable.
    private long NextAfterDamage()
    {
        try
        {
            return CurrentGeneration();
        }
        catch (IndexDamagedException)
        {
            return Random.Shared.NextInt64(1L << 32, 1L << 62);
        }
    }
}
