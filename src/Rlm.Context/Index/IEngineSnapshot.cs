using Rlm.Context.Search.Planning;

namespace Rlm.Context.Index;

/// <summary>One committed state of an index, for reading. Never changes, whatever is committed later. Safe to use from many threads.</summary>
internal interface IEngineSnapshot : IDisposable
{
    /// <summary>Different for every commit; 0 when there has been none.</summary>
    long Generation { get; }

    /// <summary>How many files it knows.</summary>
    int FileCount { get; }

    /// <summary>The ids of all its files, ascending. Ids are good for this snapshot only, and may have gaps.</summary>
    IEnumerable<int> Files { get; }

    /// <summary>Ids of the files that may match, ascending: all that do, perhaps more.</summary>
    /// <exception cref="IndexDamagedException">What is stored is not what was written: start over.</exception>
    int[] Candidates(TrigramQuery query);

    /// <summary>What was put under this id.</summary>
    /// <exception cref="IndexDamagedException">What is stored is not what was written: start over.</exception>
    IndexedFile File(int id);
}
