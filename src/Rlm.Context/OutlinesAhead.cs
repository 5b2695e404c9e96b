using Rlm.Context.Files;
using Rlm.Context.Search;
using Rlm.Context.Slices;

namespace Rlm.Context;

/// <summary>
/// Outlines of many files for a loop over them: whoever comes first to a stretch of the list has the whole stretch outlined, so that a program of its own is started once for it and not once for each file.
/// <code>
/// var ahead = new OutlinesAhead(store, files, cancellationToken);
/// ForEach(files, index => { ahead.At(index); … store.OutlineOf(text) … });
/// </code>
/// </summary>
public sealed class OutlinesAhead
{
    private const int Stretch = 64;

    private readonly ContextStore _store;
    private readonly IReadOnlyList<FileEntry> _files;
    private readonly CancellationToken _cancellationToken;
    private readonly Lazy<bool>[] _stretches;

    /// <param name="store">The store.</param>
    /// <param name="files">In the order in which they will be asked for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public OutlinesAhead(ContextStore store, IReadOnlyList<FileEntry> files, CancellationToken cancellationToken)
    {
        (_store, _files, _cancellationToken) = (store, files, cancellationToken);
        _stretches = [.. Enumerable.Range(0, (files.Count + Stretch - 1) / Stretch).Select(number => new Lazy<bool>(() => Prepare(number * Stretch)))];
    }

    /// <summary>To be called before the outline of a file is asked for.</summary>
    public void At(int index) => _ = _stretches[index / Stretch].Value;

    private bool Prepare(int from)
    {
        var wanted = Enumerable.Range(from, Math.Min(Stretch, _files.Count - from)).Select(index => _files[index]).Where(_store.LacksOutline).ToArray();
        if (wanted.Length < 2) return false;
        var texts = new OpenText?[wanted.Length];
        ParallelFiles.Run(wanted.Length, null, "", _cancellationToken, () => 0, (at, _) => texts[at] = Open(wanted[at]));
        _store.PrepareOutlines(texts.OfType<OpenText>(), _cancellationToken);
        return true;
    }

    private OpenText? Open(FileEntry file)
    {
        try
        {
            return _store.Open(file.Path, _cancellationToken);
        }
        catch (ContextException)
        {
            return null; // whoever needs it will meet the same
        }
    }
}
