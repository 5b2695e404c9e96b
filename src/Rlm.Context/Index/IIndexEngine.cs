namespace Rlm.Context.Index;

/// <summary>
/// A way to keep an index of files, in one place. The index is derived data: it may over-approximate and it may be thrown away, but it never hides a file that matches.
/// <code>
/// using (var writer = engine.OpenWriter())
/// {
///     writer.Put(file, collector.Collect(utf8));
///     writer.Commit();
/// }
/// using var snapshot = engine.Open();
/// foreach (var id in snapshot.Candidates(TrigramPlanner.Plan(query))) … // verify snapshot.File(id)
/// </code>
/// </summary>
internal interface IIndexEngine
{
    /// <summary>Names engine and version of the format; another format lives in the same folder under names of its own.</summary>
    string FormatId { get; }

    /// <summary>How much room its files take now, in bytes; those of other engines and formats do not count. O(files of the index).</summary>
    /// <exception cref="IOException">The system refused.</exception>
    long TotalBytes();

    /// <summary>The last committed state; empty when there is none. Takes no lock, so any number of processes can have it open, also while one writes.</summary>
    /// <exception cref="IndexDamagedException">What is stored is not what was written: start over.</exception>
    IEngineSnapshot Open();

    /// <summary>The generation that <see cref="Open"/> would give now; 0 when there is none. Cheap: tells a holder of a snapshot whether it is the newest.</summary>
    /// <exception cref="IndexDamagedException">What is stored is not what was written: start over.</exception>
    long CurrentGeneration();

    /// <summary>The one writer, going on from the last committed state.</summary>
    /// <exception cref="IndexBusyException">Another writer, here or in another process, is open. A killed process holds nothing.</exception>
    /// <exception cref="IndexDamagedException">What is stored is not what was written: start over.</exception>
    /// <exception cref="IOException">The place cannot be written to.</exception>
    IEngineWriter OpenWriter();

    /// <summary>The one writer, going on from nothing. What is there stays until the first commit replaces it.</summary>
    /// <exception cref="IndexBusyException">Another writer is open.</exception>
    /// <exception cref="IOException">The place cannot be written to.</exception>
    IEngineWriter StartOver();
}
