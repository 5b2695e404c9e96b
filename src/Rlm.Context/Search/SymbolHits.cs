using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Search;

/// <summary>Symbols that fit, best first.</summary>
/// <param name="Hits">By score, then the shorter name, path and place in the file.</param>
/// <param name="FilesLeft">Files that might hold more but were not outlined before the deadline.</param>
/// <param name="NearMissesOnly">True when nothing fits and the hits are spelled nearly so.</param>
public sealed record SymbolHits(IReadOnlyList<SymbolHit> Hits, int FilesLeft, bool NearMissesOnly);

/// <summary>A symbol that fits. Names are enough to find and order many; the rest is read for those that are shown.</summary>
public sealed class SymbolHit
{
    private readonly Func<int, Symbol>? _read;
    private Symbol? _symbol;

    internal SymbolHit(FileEntry file, int ordinal, string name, int score, Symbol symbol) => (File, Ordinal, Name, Score, _symbol) = (file, ordinal, name, score, symbol);

    internal SymbolHit(FileEntry file, int ordinal, string name, int score, Func<int, Symbol> read) => (File, Ordinal, Name, Score, _read) = (file, ordinal, name, score, read);

    /// <summary>The file, as the snapshot has it.</summary>
    public RepoPath Path => File.Path;

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>How well it fits, 1 to 100.</summary>
    public int Score { get; }

    /// <summary>The symbol; its outline is read now if it was not before.</summary>
    public Symbol Symbol => _symbol ??= _read!(Ordinal);

    /// <summary>The form that every tool takes.</summary>
    public string FullPath => $"{Path.Value}#{Symbol.Path}";

    internal FileEntry File { get; }

    internal int Ordinal { get; }

    internal static List<SymbolHit> InOrder(IEnumerable<SymbolHit> hits) =>
        [.. hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Name.Length).ThenBy(hit => hit.Path).ThenBy(hit => hit.Ordinal)];
}
