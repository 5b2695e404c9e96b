using System.Text;
using System.Text.RegularExpressions;
using Rlm.Context.Files;

namespace Rlm.Context.Binding.Projects;

/// <summary>Which files an evaluated project compiles: MSBuild's globs (<c>**/*.cs</c>) over the files of a snapshot, in order of Include and Remove.</summary>
internal static class CompileItems
{
    /// <summary>The C# files, by path. A project without own items takes every C# file below it, as SDKs do.</summary>
    public static IReadOnlyList<RepoPath> Of(ProjectEvaluator project, RepoPath path, Snapshot snapshot)
    {
        var files = new SortedSet<RepoPath>();
        var folder = path.Parent;
        if (project.IsSdkStyle && !IsOff(project, "EnableDefaultCompileItems") && !IsOff(project, "EnableDefaultItems"))
            foreach (var file in snapshot.FilesIn(folder))
                if (IsCSharp(file.Path) && !IsBuilt(file.Path, folder)) files.Add(file.Path);
        foreach (var item in project.Items.Where(item => item.Type == "Compile"))
        {
            if (item.Action == ItemAction.Include) files.UnionWith(Matches(item.Spec, item, snapshot).Except(item.Exclude.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany(spec => Matches(spec, item, snapshot))));
            else if (item.Action == ItemAction.Remove) files.ExceptWith(Matches(item.Spec, item, snapshot).ToArray());
        }
        return [.. files];
    }

    private static bool IsOff(ProjectEvaluator project, string name) => project.Properties[name].Equals("false", StringComparison.OrdinalIgnoreCase);

    private static bool IsCSharp(RepoPath path) => path.Value.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);

    private static bool IsBuilt(RepoPath path, RepoPath folder)
    {
        var inside = folder.IsRoot ? path.Value : path.Value[(folder.Value.Length + 1)..];
        return inside.StartsWith("bin/", StringComparison.OrdinalIgnoreCase) || inside.StartsWith("obj/", StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<RepoPath> Matches(string spec, EvaluatedItem item, Snapshot snapshot)
    {
        var text = spec.Replace('\\', '/');
        var star = text.IndexOfAny(['*', '?']);
        if (star < 0) return PropertyBag.PathOf(text, item.Folder) is { } exact && snapshot.IndexOf(exact) >= 0 ? [exact] : [];
        var slash = text.LastIndexOf('/', star);
        if (PropertyBag.PathOf(slash < 0 ? "." : slash == 0 ? "/." : text[..slash], item.Folder) is not { } top) return [];
        var pattern = Pattern(text[(slash + 1)..]);
        var found = new List<RepoPath>();
        foreach (var file in snapshot.FilesIn(top))
            if (IsCSharp(file.Path) && pattern.IsMatch(top.IsRoot ? file.Path.Value : file.Path.Value[(top.Value.Length + 1)..])) found.Add(file.Path);
        return found;
    }

    private static Regex Pattern(string glob)
    {
        var text = new StringBuilder("^");
        for (var at = 0; at < glob.Length; at++)
        {
            if (glob.AsSpan(at).StartsWith("**/")) text.Append("(.*/)?");
            else if (glob.AsSpan(at).StartsWith("**")) text.Append(".*");
            else
            {
                text.Append(glob[at] switch { '*' => "[^/]*", '?' => "[^/]", var other => Regex.Escape(other.ToString()) });
                continue;
            }
            at += glob.AsSpan(at).StartsWith("**/") ? 2 : 1;
        }
        return new(text.Append('$').ToString(), RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }
}
