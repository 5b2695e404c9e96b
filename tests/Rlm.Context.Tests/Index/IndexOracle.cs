using System.Text;
using Rlm.Context.Index;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Tests.Index;

/// <summary>What an index should know, by path; compares a snapshot with it, file by file and query by query.</summary>
/// <param name="keepsTexts">Whether its engine keeps texts at all.</param>
internal sealed class IndexOracle(bool keepsTexts = true)
{
    private static readonly string[] Words = ["alpha", "beta", "Gamma", "get", "Symbol", "kelvin", "日本", "ä", "x", "for (", "=> ", "_field", "0x7F"];

    private SortedDictionary<string, (IndexedFile File, string Text, bool IsKept)> _files = new(StringComparer.Ordinal);

    /// <summary>What it should know of outlined contents.</summary>
    public ContentOracle Contents { get; private init; } = new();

    public IEnumerable<string> Paths => _files.Keys;

    public IEnumerable<(string Path, string Text)> Texts => _files.Select(pair => (pair.Key, pair.Value.Text));

    public IndexOracle Copy() => new(keepsTexts) { _files = new(_files, StringComparer.Ordinal), Contents = Contents.Copy() };

    /// <summary>Puts a random version of a path into writer and oracle.</summary>
    public void Put(IEngineWriter writer, string path, Random random)
    {
        var text = TextOf(random);
        var flags = random.Next(20) == 0 ? IndexedFileFlags.AlwaysCandidate : IndexedFileFlags.None;
        var file = new IndexedFile(path, new(text.Length, random.NextInt64(), random.NextInt64(), (ulong)random.NextInt64()), new((ulong)random.NextInt64(), (ulong)random.NextInt64()), flags);
        var bytes = random.Next(10) == 0 ? [] : Encoding.UTF8.GetBytes(text);
        writer.Put(file, flags == IndexedFileFlags.None ? Trigram.AllOf(text).OrderBy(_ => random.Next()).ToArray() : [], bytes);
        _files[path] = (file, text, bytes.Length > 0 || text.Length == 0);
    }

    public void Remove(IEngineWriter writer, string path)
    {
        writer.Remove(path);
        _files.Remove(path);
    }

    public static string TextOf(Random random)
    {
        var text = new StringBuilder();
        for (var count = random.Next(40); count > 0; count--) text.Append(Words[random.Next(Words.Length)]).Append(random.Next(4) == 0 ? "\n" : "");
        return text.ToString();
    }

    /// <summary>Null when the snapshot is right; else what is wrong with it.</summary>
    public string? Difference(IEngineSnapshot snapshot, Random random, int queries = 10)
    {
        if (snapshot.FileCount != _files.Count) return $"{snapshot.FileCount} files, not {_files.Count}";
        var known = snapshot.Files.Select(snapshot.File).OrderBy(file => file.Path, StringComparer.Ordinal);
        if (!known.SequenceEqual(_files.Values.Select(value => value.File))) return "other files";
        if ((DifferenceOfTexts(snapshot) ?? Contents.Difference(snapshot, random, queries)) is { } wrong) return wrong;
        for (; queries > 0; queries--)
        {
            var query = QueryOf(random, 2);
            var ids = snapshot.Candidates(query);
            if (!ids.SequenceEqual(ids.Distinct().Order())) return $"{query}: ids not ascending";
            var candidates = ids.Select(id => snapshot.File(id).Path).ToHashSet();
            if (candidates.Any(path => !_files.ContainsKey(path))) return $"{query}: a file that is not there";
            if (MissedBy(candidates, query) is { } missed) return $"{query}: missed {missed}";
        }
        return null;
    }

    private string? DifferenceOfTexts(IEngineSnapshot snapshot)
    {
        var scanned = new List<int>();
        string? wrong = null;
        byte[] buffer = [];
        snapshot.ScanFiles((int id, in FileVersion version) =>
        {
            scanned.Add(id);
            var file = snapshot.File(id);
            if (version != new FileVersion(FileVersion.HashOf(file.Path), file.Stamp, file.Content, file.Flags)) wrong = $"{file.Path}: scanned as another version";
            var (_, text, isKept) = _files[file.Path];
            var isRead = snapshot.TryRead(id, ref buffer, out var length);
            if (isRead != (isKept && keepsTexts)) wrong = $"{file.Path}: kept or not";
            else if (isRead && Encoding.UTF8.GetString(buffer, 0, length) != text) wrong = $"{file.Path}: another text";
        });
        return scanned.SequenceEqual(snapshot.Files) ? wrong : "other files scanned";
    }

    private string? MissedBy(HashSet<string> candidates, TrigramQuery query)
    {
        foreach (var (path, (file, text, _)) in _files)
            if (!candidates.Contains(path) && (file.Flags != IndexedFileFlags.None || query.Admits(Trigram.AllOf(text).Contains))) return path;
        return null;
    }

    private static TrigramQuery QueryOf(Random random, int depth)
    {
        if (depth == 0 || random.Next(3) == 0)
        {
            var word = Words[random.Next(Words.Length)] + (random.Next(2) == 0 ? Words[random.Next(Words.Length)] : "");
            return word.Length < 3 ? TrigramQuery.All : TrigramQuery.Of(Trigram.AllOf(word));
        }
        var (left, right) = (QueryOf(random, depth - 1), QueryOf(random, depth - 1));
        return random.Next(2) == 0 ? TrigramQuery.And(left, right) : TrigramQuery.Or(left, right);
    }
}
