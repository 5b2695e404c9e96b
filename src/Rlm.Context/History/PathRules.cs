using Rlm.Context.Files;
using Rlm.Context.Files.Ignore;

namespace Rlm.Context.History;

/// <summary>Applies today's rules about names, ignore files and secrets, to paths of any revision: what is hidden in the work tree stays hidden in its past.</summary>
internal sealed class PathRules(RootFolder root, ContextOptions options)
{
    private readonly Dictionary<RepoPath, (IgnoreChain? Chain, bool IsIgnored)> _folders = [];

    public PathVerdict Of(RepoPath path)
    {
        if (SecretFiles.IsRefused(path, options)) return PathVerdict.Secret;
        var (chain, isIgnored) = Folder(path.Parent);
        return isIgnored || chain?.Ignores(path.Value, isFolder: false) == true || path.Value.Split('/').Contains(".git") ? PathVerdict.Ignored : PathVerdict.Shown;
    }

    private (IgnoreChain? Chain, bool IsIgnored) Folder(RepoPath folder)
    {
        if (_folders.TryGetValue(folder, out var known)) return known;
        IgnoreChain? chain = null;
        if (!folder.IsRoot)
        {
            var (above, isIgnored) = Folder(folder.Parent);
            if (isIgnored || above?.Ignores(folder.Value, isFolder: true) == true) return _folders[folder] = (null, true);
            chain = above;
        }
        return _folders[folder] = (IgnoreChain.Extend(chain, Names(folder), root, folder, null), false);
    }

    private IgnoreNames Names(RepoPath folder)
    {
        var names = IgnoreNames.None;
        if (root.KindOf(folder.Combine(".gitignore")) != EntryKind.None) names |= IgnoreNames.GitIgnore;
        if (root.KindOf(folder.Combine(".rlmignore")) != EntryKind.None) names |= IgnoreNames.RlmIgnore;
        if (root.KindOf(folder.Combine(".git")) != EntryKind.None) names |= IgnoreNames.Repository;
        return names;
    }
}
