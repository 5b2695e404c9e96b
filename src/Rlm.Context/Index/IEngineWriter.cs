namespace Rlm.Context.Index;

/// <summary>
/// Changes an index. Nothing is seen by anyone before <see cref="Commit"/>. Safe to use from many threads. After a failure to write, every later call fails too:
/// dispose it; the last committed state is still there. All but disposing throws <see cref="IndexDamagedException"/> when what is stored is not what was written.
/// </summary>
internal interface IEngineWriter : IDisposable
{
    /// <summary>Adds a file, or replaces what is known under its path.</summary>
    /// <param name="file">The version that was read.</param>
    /// <param name="trigrams">The distinct trigrams of its text, in any order; none for a file marked <see cref="IndexedFileFlags.AlwaysCandidate"/>.</param>
    /// <param name="bytes">The file's bytes, for an engine that keeps them (<see cref="IEngineSnapshot.TryRead"/>); empty for one that is not to be kept.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    void Put(in IndexedFile file, ReadOnlySpan<uint> trigrams, ReadOnlySpan<byte> bytes);

    /// <summary>Forgets a path; nothing happens when it is not known.</summary>
    void Remove(string path);

    /// <summary>Adds an outlined content; nothing happens when its key is known.</summary>
    /// <exception cref="ArgumentException">Its postings are not as <see cref="OutlinedContent"/> says; nothing has changed.</exception>
    /// <exception cref="IOException">It could not be written.</exception>
    void PutContent(OutlinedContent content);

    /// <summary>Forgets an outlined content; nothing happens when it is not known.</summary>
    void RemoveContent(UInt128 key);

    /// <summary>Whether an outlined content is known, committed or not.</summary>
    bool HasContent(UInt128 key);

    /// <summary>Makes all changes visible at once, and durable; gives the generation, the old one when nothing has changed.</summary>
    /// <exception cref="IOException">It could not be written. Readers see the state before or, when the very last step failed, the state after.</exception>
    long Commit();

    /// <summary>Does one step of tidying up and commits it with all other changes; false when nothing is worth it. For quiet moments, in a loop.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing has changed.</exception>
    bool Merge(CancellationToken cancellationToken);
}
