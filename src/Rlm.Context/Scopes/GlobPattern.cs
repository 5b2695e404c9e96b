using Rlm.Context.Files;
using Rlm.Context.Files.Ignore;

namespace Rlm.Context.Scopes;

/// <summary>A glob in gitignore's dialect as a scope: it takes the files it names and everything below the folders it names.</summary>
internal sealed class GlobPattern
{
    private readonly IgnoreRule? _rule;

    private GlobPattern(IgnoreRule? rule) => _rule = rule;

    /// <summary>Compiles it; a pattern that can match nothing takes no file.</summary>
    public static GlobPattern Compile(string glob) => new(IgnoreRule.Parse(glob.StartsWith("./", StringComparison.Ordinal) ? glob[1..] : glob, 0));

    /// <summary>True when the file or one of its folders matches.</summary>
    public bool IncludesFile(RepoPath path)
    {
        if (_rule is null) return false;
        if (_rule.Matches(path.Value, path.Name, isFolder: false)) return true;
        for (var folder = path.Parent; !folder.IsRoot; folder = folder.Parent)
            if (_rule.Matches(folder.Value, folder.Name, isFolder: true)) return true;
        return false;
    }

    /// <summary>True when the folder itself matches.</summary>
    public bool IncludesFolder(RepoPath folder) => _rule is not null && !folder.IsRoot && _rule.Matches(folder.Value, folder.Name, isFolder: true);
}
