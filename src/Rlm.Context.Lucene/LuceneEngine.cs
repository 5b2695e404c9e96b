using System.Collections.Concurrent;
using System.Globalization;
using Lucene.Net.Index;
using Rlm.Context.Index;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Lucene;

/// <summary>
/// The engine over Lucene.Net 4.8: one Lucene index with a document for each file, and for each outlined content a block of documents, its units and then itself (<see cref="Fields"/>).
/// It lives in a folder of its own, named by <see cref="FormatId"/>. Texts are not kept. A commit is Lucene's, with the generation in its user data.
/// <para>Lucene checks the sums of its large files only when asked to, so every segment is read and checked once in a process, when it is first opened.</para>
/// </summary>
internal sealed class LuceneEngine : IIndexEngine
{
    private const string GenerationKey = "generation", FirstCommit = "segments_1";

    private readonly DiskIndexFiles _locks;
    private readonly ConcurrentDictionary<string, bool> _checked = new(StringComparer.Ordinal);

    /// <summary>Keeps the index in a subfolder of this folder, which need not exist.</summary>
    public LuceneEngine(string folder) => (_locks, Place) = (new(folder), new(Path.Join(Path.GetFullPath(folder), FormatId)));

    public string FormatId => "lucene-1";

    /// <summary>Where Lucene keeps its files.</summary>
    public PositionedDirectory Place { get; }

    public long TotalBytes() => new DiskIndexFiles(Place.Directory.FullName).TotalBytes("");

    public IEngineSnapshot Open() => OpenReader() is { } reader ? new LuceneSnapshot(reader, GenerationOf(reader.IndexCommit.UserData)) : new LuceneSnapshot(new MultiReader(), 0);

    public long CurrentGeneration() => Newest(() =>
    {
        var infos = new SegmentInfos();
        infos.Read(Place);
        return GenerationOf(infos.UserData);
    });

    public IEngineWriter OpenWriter() => Locked(held => OpenReader() is { } committed ? new LuceneWriter(this, held, committed, GenerationOf(committed.IndexCommit.UserData)) : FromNothing(held));

    public IEngineWriter StartOver() => Locked(held =>
    {
        try
        {
            if (CurrentGeneration() is > 0 and var generation) return new LuceneWriter(this, held, committed: null, generation);
        }
        catch (IndexDamagedException)
        {
        }
        return FromNothing(held);
    });

    /// <summary>The newest commit, checked; null when there is none.</summary>
    /// <exception cref="IndexDamagedException">It is not as it was written.</exception>
    public DirectoryReader? OpenReader() => Newest(() =>
    {
        var reader = DirectoryReader.Open(Place);
        try
        {
            foreach (var leaf in reader.Leaves) CheckOnce((SegmentReader)leaf.Reader);
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    });

    /// <summary>What a commit carries.</summary>
    public static Dictionary<string, string> UserDataOf(long generation) => new() { [GenerationKey] = generation.ToString(CultureInfo.InvariantCulture) };

    private static long GenerationOf(IDictionary<string, string> userData) =>
        userData.TryGetValue(GenerationKey, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var generation) ? generation : throw new IndexDamagedException("a commit has no generation");

    // Lucene writes a commit in place, and readers go back to the one before when it is not whole. The first one has none before it: unfinished, or cut short, it is no commit.
    private T? Newest<T>(Func<T> read) => Damage.Guard(() =>
    {
        while (Commits() is { Length: > 0 } commits)
            try
            {
                return read();
            }
            catch (IOException) when (commits is [FirstCommit])
            {
                if (Commits() is [FirstCommit]) break;
            }
        return default;
    });

    private string[] Commits() => [.. Place.ListAll().Where(name => name.StartsWith(IndexFileNames.SEGMENTS, StringComparison.Ordinal) && name != IndexFileNames.SEGMENTS_GEN)];

    // A segment's files never change, but after damage its name may be given again: the time when it was written tells them apart.
    private void CheckOnce(SegmentReader reader)
    {
        var info = reader.SegmentInfo.Info;
        var name = $"{info.Name} {info.Diagnostics["timestamp"]} {info.DocCount}";
        if (_checked.ContainsKey(name)) return;
        reader.CheckIntegrity();
        _checked[name] = true;
    }

    // Not Lucene's own lock: in 4.8.0-beta00017 on Unix two processes get it at once (a file shared for reading is locked for sharing).
    private IEngineWriter Locked(Func<IDisposable, IEngineWriter> open)
    {
        var held = _locks.TryLock(FormatId + ".lock") ?? throw new IndexBusyException();
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

    // Lucene numbers its files on from the newest commit. Where that cannot be read it begins again, with names that readers may still have open: so all go first.
    private LuceneWriter FromNothing(IDisposable held)
    {
        var generation = Commits().Length == 0 ? 0 : Random.Shared.NextInt64(1L << 32, 1L << 62);
        foreach (var name in Place.ListAll()) Place.DeleteFile(name);
        return new(this, held, committed: null, generation);
    }
}
