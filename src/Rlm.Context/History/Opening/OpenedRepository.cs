using System.Collections.Concurrent;
using Rlm.Context.Files;
using Rlm.Context.History.Native;
using Rlm.Context.History.Objects;

namespace Rlm.Context.History.Opening;

/// <summary>The repository of a root, found, verified and opened through a <see cref="ShadowRepository"/>. Its readers of objects are handed out one for each thread. Safe for many threads.</summary>
internal sealed class OpenedRepository : IDisposable
{
    private readonly ConcurrentBag<GitObjects> _idle = [];
    private readonly string _shadow;
    private readonly bool _isTemporary;

    private OpenedRepository(GitFolder folder, string shadow, bool isTemporary) => (Folder, _shadow, _isTemporary, Key) = (folder, shadow, isTemporary, KeyOf(folder));

    public GitFolder Folder { get; }

    /// <summary>Changes when the root is given another repository.</summary>
    public string Key { get; }

    /// <summary>Opens what the root has now.</summary>
    /// <param name="root">The root.</param>
    /// <param name="cache">A folder for what is derived; null for a temporary one.</param>
    /// <exception cref="ContextException"><c>not_available</c>, with the reason.</exception>
    public static OpenedRepository Open(RootFolder root, string? cache)
    {
        var folder = GitFolder.Find(root);
        try
        {
            var library = GitLibrary.State;
            if (!library.IsUsable) throw HistoryFault.NotAvailable(library.Missing!, $"To mend: {GitLibraryState.Mend}.");
            GitSettings.Apply();
            return new(folder, ShadowRepository.Make(cache, folder.ObjectFolders), cache is null);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Whether the root still has this repository in this place.</summary>
    public bool IsCurrent(RootFolder root)
    {
        try
        {
            using var now = GitFolder.Find(root);
            return KeyOf(now) == Key;
        }
        catch (ContextException)
        {
            return false;
        }
    }

    /// <summary>A reader of objects, for one thread until it is given back.</summary>
    public GitObjects Take() => _idle.TryTake(out var objects) ? objects : new(_shadow);

    public void GiveBack(GitObjects objects) => _idle.Add(objects);

    public void Dispose()
    {
        while (_idle.TryTake(out var objects)) objects.Dispose();
        Folder.Dispose();
        if (_isTemporary) ShadowRepository.Delete(_shadow);
    }

    private static string KeyOf(GitFolder folder) => string.Join('\n', [folder.Files.Jail.FullPath, folder.Own.Value, folder.Common.Value, .. folder.ObjectFolders]);
}
