using System.Globalization;
using Rlm.Context.Index.Segments;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index;

/// <summary>
/// The engine of our own: immutable segment files, each with the posting lists of some files, and a manifest that names the segments of the newest generation.
/// A commit writes and syncs new segments, syncs the folder, writes and syncs the manifest beside the old one, renames it into place and syncs the folder again; then segments
/// without a name are deleted. Readers hold the files open, so a deleted one stays readable to them.
/// Every name begins with <see cref="FormatId"/>: another format is never touched.
/// </summary>
internal sealed class OwnEngine(IIndexFiles files, int maxPairs = OwnEngine.DefaultPairs) : IIndexEngine
{
    /// <summary>Postings that are gathered in memory before they become a segment; eight bytes each at the peak.</summary>
    public const int DefaultPairs = 16 << 20;

    private const int Tries = 20;

    public string FormatId => "trigram-1";

    /// <summary>Its files.</summary>
    public IIndexFiles Files => files;

    /// <summary>How many postings are gathered in memory.</summary>
    public int MaxPairs => maxPairs;

    /// <summary>The name of the newest generation's manifest.</summary>
    public string ManifestName => FormatId + ".manifest";

    /// <summary>The name of a manifest that is being written.</summary>
    public string NewManifestName => FormatId + ".manifest.new";

    private string LockName => FormatId + ".lock";

    /// <summary>The name of a segment.</summary>
    public string SegmentName(ulong id) => string.Create(CultureInfo.InvariantCulture, $"{FormatId}.{id:x16}.segment");

    public long CurrentGeneration() => Manifest.Read(files, ManifestName).Generation;

    public IEngineSnapshot Open()
    {
        // A writer may delete a segment between our reading the manifest and opening the segment; the manifest has then changed.
        var manifest = Manifest.Read(files, ManifestName);
        for (var tries = 0; ; tries++)
        {
            if (TryOpen(manifest) is { } readers) return new OwnSnapshot(manifest, readers);
            var newer = Manifest.Read(files, ManifestName);
            if (newer.Generation == manifest.Generation || tries == Tries) throw new IndexDamagedException("a segment is missing");
            manifest = newer;
        }
    }

    public IEngineWriter OpenWriter() => Locked(held => new OwnWriter(this, Manifest.Read(files, ManifestName), isCommitted: true, held));

    public IEngineWriter StartOver() => Locked(held => new OwnWriter(this, new(NextAfterDamage(), []), isCommitted: false, held));

    /// <summary>Opens a segment; null when it is missing.</summary>
    /// <exception cref="IndexDamagedException">It is not as it was written.</exception>
    public SegmentReader? OpenSegment(SegmentInfo info)
    {
        IIndexFile? file;
        try
        {
            file = files.Open(SegmentName(info.Id));
        }
        catch (IOException fault)
        {
            throw new IndexDamagedException("a segment cannot be opened", fault);
        }
        if (file is null) return null;
        try
        {
            return new(new(file, info.Length, info.Seal), info);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

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
        var held = files.TryLock(LockName) ?? throw new IndexBusyException();
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
