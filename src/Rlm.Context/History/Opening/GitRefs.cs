using System.Buffers;
using Rlm.Context.Files;

namespace Rlm.Context.History.Opening;

/// <summary>What the names of a repository mean at this moment: <c>HEAD</c>, branches and tags, loose or packed, read as data.</summary>
internal sealed class GitRefs(GitFolder folder)
{
    private const int MaxDepth = 10, MaxListed = 20_000;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(" ~^:?*[\\");

    private static readonly string[] Prefixes = ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"];

    private readonly Lazy<Dictionary<string, GitId>> _packed = new(() => Packed(folder));

    /// <summary>What <c>HEAD</c> names: a branch, or a commit when it is detached.</summary>
    public string? HeadName => folder.Files.Line(folder.Own.Combine("HEAD")) is { } head && head.StartsWith("ref:", StringComparison.Ordinal) ? head[4..].Trim() : null;

    /// <summary>The object that a name means, as git looks names up; null when there is no such name. The object may be an annotated tag.</summary>
    public GitId? Find(string name)
    {
        if (name is "@" or "HEAD") return Head();
        if (!IsName(name)) return null;
        foreach (var prefix in Prefixes)
            if (Target(prefix + name, 0) is { } id) return id;
        return Target($"refs/remotes/{name}/HEAD", 0);
    }

    /// <summary>The commit of <c>HEAD</c>; null while its branch has none.</summary>
    public GitId? Head() => HeadName is { } branch ? Target(branch, 0) : folder.Files.Line(folder.Own.Combine("HEAD")) is { } text && GitId.TryParse(text, out var id) ? id : null;

    /// <summary>Local branches and tags by their short names, ordinal order.</summary>
    public IReadOnlyList<string> Names() => [.. All("refs/heads/").Concat(All("refs/tags/")).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What <c>HEAD</c> and the local branches point at.</summary>
    public IReadOnlyList<GitId> Tips() =>
        [.. All("refs/heads/").Take(500).Select(name => Target("refs/heads/" + name, 0)).Prepend(Head()).OfType<GitId>().Distinct()];

    /// <summary>Commits whose parents were not cloned; none unless the clone is shallow.</summary>
    public IReadOnlySet<GitId> Shallow()
    {
        var commits = new HashSet<GitId>();
        foreach (var line in (folder.Files.Read(folder.Common.Combine("shallow"))?.Text ?? "").Split('\n'))
            if (GitId.TryParse(line.Trim(), out var id)) commits.Add(id);
        return commits;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and < 1000 && !name.StartsWith('/') && !name.StartsWith('-') && !name.Contains("..", StringComparison.Ordinal) && !name.Contains("//", StringComparison.Ordinal)
        && !name.AsSpan().ContainsAny(Forbidden) && !name.Any(char.IsControl) && !name.Contains("@{", StringComparison.Ordinal);

    private GitId? Target(string name, int depth)
    {
        if (depth > MaxDepth || !IsName(name)) return null;
        // HEAD and its like belong to the work tree; everything below refs is shared.
        var place = name.StartsWith("refs/", StringComparison.Ordinal) ? folder.Common : folder.Own;
        if (folder.Files.Line(new((place.IsRoot ? "" : place.Value + "/") + name)) is { } text)
        {
            if (text.StartsWith("ref:", StringComparison.Ordinal)) return Target(text[4..].Trim(), depth + 1);
            if (GitId.TryParse(text, out var id)) return id;
        }
        return _packed.Value.TryGetValue(name, out var packed) ? packed : null;
    }

    private IEnumerable<string> All(string prefix)
    {
        foreach (var name in _packed.Value.Keys)
            if (name.StartsWith(prefix, StringComparison.Ordinal)) yield return name[prefix.Length..];
        var start = new RepoPath((folder.Common.IsRoot ? "" : folder.Common.Value + "/") + prefix.TrimEnd('/'));
        var ahead = new Stack<(RepoPath Path, string Name)>([(start, "")]);
        for (var listed = 0; ahead.TryPop(out var at) && listed < MaxListed;)
            foreach (var entry in folder.Files.List(at.Path))
            {
                listed++;
                if (!entry.NameIsValid) continue;
                var name = at.Name.Length == 0 ? entry.Name : at.Name + "/" + entry.Name;
                if (entry.Kind == EntryKind.Folder && name.Length < 1000) ahead.Push((at.Path.Combine(entry.Name), name));
                else if (entry.Kind == EntryKind.File && !name.EndsWith(".lock", StringComparison.Ordinal)) yield return name;
            }
    }

    private static Dictionary<string, GitId> Packed(GitFolder folder)
    {
        var packed = new Dictionary<string, GitId>(StringComparer.Ordinal);
        foreach (var line in (folder.Files.Read(folder.Common.Combine("packed-refs"))?.Text ?? "").AsSpan().EnumerateLines())
            if (line.Length > 41 && line[40] == ' ' && GitId.TryParse(line[..40], out var id)) packed[line[41..].Trim().ToString()] = id;
        return packed;
    }
}
