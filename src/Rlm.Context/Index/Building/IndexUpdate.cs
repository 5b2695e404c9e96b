using System.Collections.Concurrent;
using Rlm.Context.Files;

namespace Rlm.Context.Index.Building;

/// <summary>
/// Brings an index to one snapshot: first the texts, so that searching is complete soon, then the outlines, then tidying up. Commits now and then, so that searches profit and
/// a killed process loses little.
/// </summary>
/// <param name="store">For reading the files.</param>
/// <param name="engine">For reading what is committed.</param>
/// <param name="openWriter">Opens the one writer: one for each step, because what it gathers in takes memory for as long as it is open.</param>
/// <param name="snapshot">What to bring it to.</param>
/// <param name="keepsTexts">Whether the engine is to keep the files' bytes.</param>
/// <param name="report">Told how far it is.</param>
internal sealed class IndexUpdate(ContextStore store, IIndexEngine engine, Func<IEngineWriter> openWriter, Snapshot snapshot, bool keepsTexts, Action<IndexStatus> report)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200), TextsBetweenCommits = TimeSpan.FromSeconds(5), OutlinesBetweenCommits = TimeSpan.FromSeconds(15);

    private int _left;

    /// <summary>Runs it.</summary>
    /// <returns>How many files could not be taken as they are: they were written to just now, or could not be read.</returns>
    /// <exception cref="IOException">The index could not be written.</exception>
    /// <exception cref="IndexDamagedException">It is damaged: start over.</exception>
    public int Run(CancellationToken cancellationToken)
    {
        using (var writer = openWriter()) Texts(writer, cancellationToken);
        using (var writer = openWriter())
        {
            Outlines(writer, cancellationToken);
            while (writer.Merge(cancellationToken)) cancellationToken.ThrowIfCancellationRequested();
        }
        return _left;
    }

    private void Texts(IEngineWriter writer, CancellationToken cancellationToken)
    {
        var view = NewView();
        RemoveGone(view, writer);
        var wanted = new List<FileEntry>(snapshot.Files.Length - view.Known);
        for (var file = 0; file < snapshot.Files.Length; file++)
            if (view.DocumentsOf(file).IsEmpty) wanted.Add(snapshot.Files[file]);
        _left = 0;
        var kept = keepsTexts ? new ConcurrentDictionary<UInt128, bool>() : null;
        Do(writer, IndexState.Texts, wanted, view.Known, TextsBetweenCommits, () => new TextIndexing(store.Reader, kept), (file, worker) =>
        {
            if (!file.Stamp.IsSettled(store.Options.Time.GetUtcNow()) || !worker.Put(file, writer)) Interlocked.Increment(ref _left);
        }, cancellationToken);
        writer.Commit();
    }

    private void Outlines(IEngineWriter writer, CancellationToken cancellationToken)
    {
        store.Outliners.Verify();
        var view = NewView();
        var known = new HashSet<UInt128>();
        var wanted = new List<(FileEntry File, UInt128 Key)>();
        for (var file = 0; file < snapshot.Files.Length; file++)
            if (!snapshot.Files[file].IsLarge && view.KeyOf(file) is { } key && known.Add(key) && !writer.HasContent(key)) wanted.Add((snapshot.Files[file], key));
        var batches = OutlineBatches.Of(wanted, item => (item.File.Language, item.File.Stamp.Bytes), store.Outliners);
        Do(writer, IndexState.Outlines, batches, known.Count - wanted.Count, OutlinesBetweenCommits, () => new OutlineIndexing(store.Reader, store.Outliners), (batch, worker) => worker.Put(batch, writer, cancellationToken), cancellationToken, batch => batch.Count);
        foreach (var content in view.Engine.Contents)
            if (view.Engine.KeyOf(content) is var key && !known.Contains(key)) writer.RemoveContent(key);
        writer.Commit();
    }

    private void Do<TItem, TState>(IEngineWriter writer, IndexState state, List<TItem> items, int before, TimeSpan betweenCommits, Func<TState> worker, Action<TItem, TState> body, CancellationToken cancellationToken, Func<TItem, int>? filesOf = null)
    {
        if (items.Count == 0) return;
        var committed = store.Options.Time.GetTimestamp();
        var total = before + (filesOf is null ? items.Count : items.Sum(filesOf));
        var files = 0;
        report(new(state, before, total));
        BackgroundFiles.Run(items, worker, (item, own) =>
        {
            body(item, own);
            Interlocked.Add(ref files, filesOf?.Invoke(item) ?? 1);
        }, Beat, _ =>
        {
            report(new(state, before + Volatile.Read(ref files), total));
            if (store.Options.Time.GetElapsedTime(committed) < betweenCommits) return;
            writer.Commit();
            // Syntax trees become garbage faster than the runtime finds worth collecting: without this the heap doubles in the course of a build.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
            committed = store.Options.Time.GetTimestamp();
        }, cancellationToken);
    }

    // Files that are no more, and older versions: these may have been divided otherwise.
    private static void RemoveGone(IndexView view, IEngineWriter writer)
    {
        foreach (var document in view.Engine.Files)
            if (view.FileOf(document) < 0) writer.Remove(view.Engine.File(document).Path);
    }

    private IndexView NewView() => IndexView.Of(engine.Open(), snapshot, store.Outliners);
}
