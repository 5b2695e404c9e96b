using Lucene.Net.Index;
using Lucene.Net.Util;
using Rlm.Context.Index;

namespace Rlm.Context.Lucene;

/// <summary>The writer of <see cref="LuceneEngine"/>. Files and contents are inverted by the threads that put them, side by side; commits and merges are alone.</summary>
internal sealed class LuceneWriter : IEngineWriter
{
    private const double BufferMegabytes = 64;

    private readonly ReaderWriterLockSlim _gate = new();
    private readonly IDisposable _held;
    private readonly IndexWriter _writer;
    private readonly MergesOnRequest _merges = new();
    private readonly KnownTerms _known;
    private long _generation;
    private volatile bool _hasChanged, _isBroken;

    /// <summary>Goes on from a commit, or from nothing; takes over the lock and the commit's reader.</summary>
    /// <param name="engine">Where to.</param>
    /// <param name="held">The lock.</param>
    /// <param name="committed">The commit to go on from; null for nothing.</param>
    /// <param name="generation">The last one; when it is not 0 and there is no commit to go on from, the first commit makes an empty index even of no change.</param>
    public LuceneWriter(LuceneEngine engine, IDisposable held, DirectoryReader? committed, long generation)
    {
        (_held, _generation, _hasChanged) = (held, generation, committed is null && generation > 0);
        _known = new(committed, engine.OpenReader);
        // Merging copies what it reads and gives it a new sum: what is damaged must not pass.
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, new NoAnalyzer())
        {
            OpenMode = committed is null ? OpenMode.CREATE : OpenMode.APPEND,
            RAMBufferSizeMB = BufferMegabytes,
            UseCompoundFile = false,
            CheckIntegrityAtMerge = true,
            MergePolicy = _merges,
            MergeScheduler = new SerialMergeScheduler(),
        };
        _writer = Damage.Guard(() => new IndexWriter(engine.Place, config));
    }

    public void Put(in IndexedFile file, ReadOnlySpan<uint> trigrams, ReadOnlySpan<byte> bytes)
    {
        var (path, document) = (file.Path, FileDocument.Of(file, trigrams.ToArray()));
        Beside(() =>
        {
            _known.Add(Fields.Path, path);
            _hasChanged = true;
            _writer.UpdateDocument(new(Fields.Path, path), document);
        });
    }

    public void Remove(string path) => Beside(() =>
    {
        if (!_known.MayHave(Fields.Path, path)) return;
        _hasChanged = true;
        _writer.DeleteDocuments(new Term(Fields.Path, path));
    });

    public void PutContent(OutlinedContent content)
    {
        ContentGathering.Check(content);
        var key = ContentDocuments.KeyText(content.Key);
        Beside(() =>
        {
            if (!_known.Add(Fields.Key, key)) return;
            _hasChanged = true;
            _writer.UpdateDocuments(new(Fields.Key, key), ContentDocuments.Of(content));
        });
    }

    public void RemoveContent(UInt128 key)
    {
        var text = ContentDocuments.KeyText(key);
        Beside(() =>
        {
            if (!_known.Remove(Fields.Key, text)) return;
            _hasChanged = true;
            _writer.DeleteDocuments(new Term(Fields.Key, text));
        });
    }

    public bool HasContent(UInt128 key)
    {
        var has = false;
        Beside(() => has = _known.Has(Fields.Key, ContentDocuments.KeyText(key)));
        return has;
    }

    public long Commit()
    {
        Alone(CommitChanges);
        return _generation;
    }

    public bool Merge(CancellationToken cancellationToken)
    {
        var hasMerged = false;
        Alone(() =>
        {
            _writer.Flush(triggerMerge: false, applyAllDeletes: true);
            _merges.AllowOne(cancellationToken);
            _writer.MaybeMerge();
            hasMerged = _merges.EndStep();
            if (!hasMerged) cancellationToken.ThrowIfCancellationRequested();
            _hasChanged |= hasMerged;
            CommitChanges();
        });
        return hasMerged;
    }

    public void Dispose()
    {
        try
        {
            _writer.Rollback();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // What could not be deleted has no name in a commit; the next writer deletes it.
        }
        finally
        {
            _known.Dispose();
            _gate.Dispose();
            _held.Dispose();
        }
    }

    private void CommitChanges()
    {
        if (!_hasChanged) return;
        _writer.SetCommitData(LuceneEngine.UserDataOf(_generation + 1));
        _writer.Commit();
        (_generation, _hasChanged) = (_generation + 1, false);
        _known.Forget();
    }

    private void Beside(Action change)
    {
        _gate.EnterReadLock();
        try
        {
            Run(change);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    private void Alone(Action change)
    {
        _gate.EnterWriteLock();
        try
        {
            Run(change);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    // Whatever throws in the middle of a change leaves a state that is not to be committed.
    private void Run(Action change)
    {
        if (_isBroken) throw new IOException("The index writer failed before; open another.");
        try
        {
            change();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            _isBroken = true;
            if (fault is CorruptIndexException or FileNotFoundException or EndOfStreamException) throw new IndexDamagedException("Lucene cannot read it", fault);
            if (fault is UnauthorizedAccessException or InvalidOperationException) throw new IOException(fault.Message, fault);
            throw;
        }
    }
}
