using Rlm.Context.Files;

namespace Rlm.Context.Index;

/// <summary>
/// One state of the index laid beside one snapshot: which files of the snapshot it knows in exactly this version. All others are to be read.
/// Never changes; safe to use from many threads.
/// </summary>
internal sealed class IndexView
{
    private readonly int[] _documents, _fileOfDocument;
    private readonly UInt128[] _contents;
    private readonly Lazy<OutlinedFiles> _outlined;

    private IndexView(IEngineSnapshot engine, Snapshot snapshot, int[] documents, int[] fileOfDocument, UInt128[] contents, int known)
    {
        (Engine, Snapshot, _documents, _fileOfDocument, _contents, Known) = (engine, snapshot, documents, fileOfDocument, contents, known);
        _outlined = new(() => OutlinedFiles.Of(this));
    }

    /// <summary>The index.</summary>
    public IEngineSnapshot Engine { get; }

    /// <summary>The snapshot; files below are places in its <see cref="Snapshot.Files"/>.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>How many files of the snapshot the index knows.</summary>
    public int Known { get; }

    /// <summary>Which files have an outlined content. Made when first asked for.</summary>
    public OutlinedFiles Outlined => _outlined.Value;

    /// <summary>Lays them beside each other. About 10 ms for 80,000 files.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public static IndexView Of(IEngineSnapshot engine, Snapshot snapshot)
    {
        var files = snapshot.Files;
        var byHash = new Dictionary<ulong, int>(files.Length);
        for (var file = 0; file < files.Length; file++) byHash.TryAdd(FileVersion.HashOf(files[file].Path.Value), file);
        var documents = new int[files.Length];
        Array.Fill(documents, -1);
        var contents = new UInt128[files.Length];
        var fileOfDocument = new List<int>(files.Length);
        var known = 0;
        engine.ScanFiles((int id, in FileVersion version) =>
        {
            if (!byHash.TryGetValue(version.PathHash, out var file) || files[file].Stamp != version.Stamp || documents[file] >= 0) return;
            while (fileOfDocument.Count <= id) fileOfDocument.Add(-1);
            (documents[file], fileOfDocument[id], contents[file]) = (id, file, version.Content);
            known++;
        });
        return new(engine, snapshot, documents, [.. fileOfDocument], contents, known);
    }

    /// <summary>The index's id of a file; -1 when it does not know this version.</summary>
    public int DocumentOf(int file) => _documents[file];

    /// <summary>The file that an id of the index stands for; -1 when it is none of the snapshot.</summary>
    public int FileOf(int document) => document < _fileOfDocument.Length ? _fileOfDocument[document] : -1;

    /// <summary>The key of a file's outline; null when the index does not know this version of the file.</summary>
    public UInt128? KeyOf(int file) => _documents[file] < 0 ? null : OutlineKey.Of(_contents[file], Snapshot.Files[file].Path, Snapshot.Files[file].Language);
}
