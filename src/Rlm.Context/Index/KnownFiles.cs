using System.Collections.Immutable;
using System.Globalization;
using Rlm.Context.Files;

namespace Rlm.Context.Index;

/// <summary>Which ids of an index stand for which files of a snapshot, in their present version. Never changes.</summary>
internal sealed class KnownFiles
{
    private readonly ImmutableArray<FileEntry> _files;
    private readonly int[] _documents;
    private readonly UInt128[] _contents;
    private readonly Dictionary<int, int[]> _parts = [];
    private readonly List<int> _fileOfDocument;

    private KnownFiles(ImmutableArray<FileEntry> files)
    {
        (_files, _documents, _contents, _fileOfDocument) = (files, new int[files.Length], new UInt128[files.Length], new(files.Length));
        Array.Fill(_documents, -1);
    }

    /// <summary>How many files are known.</summary>
    public int Count { get; private set; }

    /// <summary>Finds them.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public static KnownFiles Of(IEngineSnapshot engine, ImmutableArray<FileEntry> files)
    {
        var known = new KnownFiles(files);
        var names = Names(files);
        var parts = new Dictionary<int, FoundParts>();
        engine.ScanFiles((int id, in FileVersion version) =>
        {
            if (!names.TryGetValue(version.PathHash, out var name) || files[name.File].Stamp != version.Stamp) return;
            if (name.Part < 0) known.Add(name.File, [id], version.Content);
            else (parts.TryGetValue(name.File, out var found) ? found : parts[name.File] = new()).Add(name.Part, id, version);
        });
        foreach (var (file, found) in parts)
            if (found.IsComplete) known.Add(file, found.Documents, found.Content);
        return known;
    }

    /// <summary>The ids of a file; none when it is not known.</summary>
    public ReadOnlySpan<int> DocumentsOf(int file) => _documents[file] < 0 ? [] : _parts.TryGetValue(file, out var parts) ? parts : _documents.AsSpan(file, 1);

    /// <summary>The file of an id; -1 for none.</summary>
    public int FileOf(int document) => document < _fileOfDocument.Count ? _fileOfDocument[document] : -1;

    /// <summary>The hash of a known file's bytes.</summary>
    public UInt128 ContentOf(int file) => _contents[file];

    // A file may be known under its own name or under those of its parts.
    private static Dictionary<ulong, (int File, int Part)> Names(ImmutableArray<FileEntry> files)
    {
        var names = new Dictionary<ulong, (int, int)>(files.Length + (files.Length / 4));
        Span<char> number = stackalloc char[12];
        for (var file = 0; file < files.Length; file++)
        {
            var hash = FileVersion.HashOf(files[file].Path.Value);
            names.TryAdd(hash, (file, -1));
            if (files[file].IsLarge || !FileParts.AreFor(files[file].Stamp.Bytes)) continue;
            for (var part = FileParts.MostFor(files[file].Stamp.Bytes); part >= 0; part--)
            {
                number[0] = '\0';
                part.TryFormat(number[1..], out var length, default, CultureInfo.InvariantCulture);
                names.TryAdd(FileVersion.HashOf(number[..(length + 1)], hash), (file, part));
            }
        }
        return names;
    }

    private void Add(int file, int[] documents, UInt128 content)
    {
        if (_documents[file] >= 0) return;
        foreach (var document in documents)
        {
            while (_fileOfDocument.Count <= document) _fileOfDocument.Add(-1);
            _fileOfDocument[document] = file;
        }
        if (documents.Length > 1) _parts[file] = documents;
        (_documents[file], _contents[file]) = (documents[0], content);
        Count++;
    }

    /// <summary>The parts of one file as they are met.</summary>
    private sealed class FoundParts
    {
        private readonly SortedDictionary<int, int> _documents = [];
        private int _last = -1;
        private bool _isMixed;

        public UInt128 Content { get; private set; }

        // One version, every part from the first to the one marked as the last, and none behind it.
        public bool IsComplete => !_isMixed && _last >= 0 && _documents.Count == _last + 1 && _documents.Keys.Last() == _last;

        public int[] Documents => [.. _documents.Values];

        public void Add(int part, int document, in FileVersion version)
        {
            _isMixed |= !_documents.TryAdd(part, document) || (_documents.Count > 1 && version.Content != Content);
            Content = version.Content;
            if (version.Flags.HasFlag(IndexedFileFlags.LastPart)) _last = part;
        }
    }
}
