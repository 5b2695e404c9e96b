using Rlm.Context.Search.Planning;

namespace Rlm.Context.Index;

/// <summary>
/// One committed state of an index, for reading. Never changes, whatever is committed later. Safe to use from many threads.
/// Every member but the counts throws <see cref="IndexDamagedException"/> when what is stored is not what was written: start over.
/// Ids of files, contents, units and symbols are good for this snapshot only, and may have gaps.
/// </summary>
internal interface IEngineSnapshot : IDisposable
{
    /// <summary>Different for every commit; 0 when there has been none.</summary>
    long Generation { get; }

    /// <summary>How many files it knows.</summary>
    int FileCount { get; }

    /// <summary>The ids of all its files, ascending.</summary>
    IEnumerable<int> Files { get; }

    /// <summary>Ids of the files that may match, ascending: all that do, perhaps more.</summary>
    int[] Candidates(TrigramQuery query);

    /// <summary>What was put under this id.</summary>
    IndexedFile File(int id);

    /// <summary>Tells of all files, ascending, without their paths. Fast.</summary>
    void ScanFiles(FileVisitor visit);

    /// <summary>The bytes that were put with a file; false when they were not kept: then read the file.</summary>
    /// <param name="id">The file.</param>
    /// <param name="buffer">Filled from its start; exchanged for a larger one when it is too small.</param>
    /// <param name="length">How many bytes.</param>
    bool TryRead(int id, ref byte[] buffer, out int length);

    /// <summary>The ids of all outlined contents, ascending.</summary>
    IEnumerable<int> Contents { get; }

    /// <summary>The outlined content with this key; -1 when there is none. O(1) after the first call.</summary>
    int FindContent(UInt128 key);

    /// <summary>The key of a content.</summary>
    UInt128 KeyOf(int content);

    /// <summary>What was put as <see cref="OutlinedContent.Outline"/>.</summary>
    byte[] Outline(int content);

    /// <summary>How many units there are, those of removed contents perhaps included.</summary>
    int UnitCount { get; }

    /// <summary>In how many units a term occurs, removed ones perhaps included.</summary>
    int UnitsWith(ulong term);

    /// <summary>The best units, best first: by the sum over the terms of weight × impact / 255, which is above 0, then by id.</summary>
    /// <param name="terms">Distinct.</param>
    /// <param name="isWanted">By content id: whether its units count; ids behind the end are unwanted.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Checked now and then.</param>
    IReadOnlyList<ScoredUnit> Rank(IReadOnlyList<WeightedTerm> terms, bool[] isWanted, int count, CancellationToken cancellationToken);

    /// <summary>The symbols with exactly this name, ascending by content and ordinal.</summary>
    IReadOnlyList<SymbolPlace> SymbolsNamed(string name);

    /// <summary>Tells of every name that passes, each at least once, with how many symbols have it there. For fuzzy search: reads the names one after another.</summary>
    void ScanNames(NameFilter passes, Action<string, int> found, CancellationToken cancellationToken);

    /// <summary>Reads all that is stored and checks it. For the background: seconds for a gigabyte.</summary>
    void Verify(CancellationToken cancellationToken);
}

/// <summary>A term of a ranked query.</summary>
/// <param name="Term">As in <see cref="UnitPosting.Term"/>.</param>
/// <param name="Weight">How much it counts.</param>
internal readonly record struct WeightedTerm(ulong Term, float Weight);

/// <summary>A unit that was found.</summary>
/// <param name="Content">Its content.</param>
/// <param name="Unit">Its number in the content, from 0.</param>
/// <param name="Score">Larger is better.</param>
internal readonly record struct ScoredUnit(int Content, int Unit, float Score);

/// <summary>A symbol.</summary>
/// <param name="Content">Its content.</param>
/// <param name="Ordinal">Its number in <see cref="OutlinedContent.Names"/>, from 0.</param>
internal readonly record struct SymbolPlace(int Content, int Ordinal);

/// <summary>Whether a name, in UTF-8, is worth looking at.</summary>
internal delegate bool NameFilter(ReadOnlySpan<byte> name);
