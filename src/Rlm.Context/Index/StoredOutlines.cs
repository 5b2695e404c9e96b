using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Index;

/// <summary>Outlines that the index keeps.</summary>
internal static class StoredOutlines
{
    /// <summary>The outline of a version of a file, from memory or the index; null when the index does not have it.</summary>
    public static Outline? Of(ContextStore store, RepoPath path, FileStamp stamp) => Find(store, path, stamp, store.OutlineOf);

    /// <summary>The same, always from the index.</summary>
    public static Outline? Read(ContextStore store, OpenText text) =>
        Find(store, text.Path, text.Stamp, (view, file) => view.Outlined.ContentOf(file) is var content and >= 0 ? Read(view, content) : null);

    /// <summary>The outline of a content.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public static Outline Read(IndexView view, int content) => OutlineCodec.Decode(view.Engine.Outline(content)).Outline;

    /// <summary>The same without making its symbols.</summary>
    public static StoredSymbols? Symbols(ContextStore store, OpenText text) =>
        Find(store, text.Path, text.Stamp, (view, file) => view.Outlined.ContentOf(file) is var content and >= 0 ? view.Symbols.Read(content) : null);

    private static T? Find<T>(ContextStore store, RepoPath path, FileStamp stamp, Func<IndexView, int, T?> read) where T : class
    {
        try
        {
            return store.CurrentView() is { } view && view.Snapshot.IndexOf(path) is >= 0 and var file && view.Snapshot.Files[file].Stamp == stamp ? read(view, file) : null;
        }
        catch (IndexDamagedException)
        {
            store.Index.Distrust();
            return null;
        }
    }
}
