using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.Projects;

namespace Rlm.Mcp.Prompts;

/// <summary>The order in which units are best changed: declarations, what overrides them, then uses; each by project, those that others refer to first; within a project what is called before what calls it, as far as names tell.</summary>
internal sealed partial class ImpactOrder(ProjectMap map)
{
    private readonly Dictionary<RepoPath, int> _depths = [];

    /// <summary>The units in order. O(text of the units).</summary>
    public IReadOnlyList<ImpactUnit> Of(IEnumerable<ImpactUnit> units) =>
        [.. units.GroupBy(unit => (unit.Rank, Depth: DepthOf(unit.Path), Project: ProjectOf(unit.Path)?.Path.Value ?? "")).OrderBy(group => group.Key.Rank).ThenBy(group => group.Key.Depth).ThenBy(group => group.Key.Project, StringComparer.Ordinal).SelectMany(group => ByCalls([.. group]))];

    /// <summary>The project that a file belongs to; null for none.</summary>
    public Project? ProjectOf(RepoPath path) => map.OwnersOf(path).FirstOrDefault();

    // The longest way down through references; what refers to nothing here is 0.
    private int DepthOf(RepoPath path) => ProjectOf(path) is { } project ? DepthOf(project, []) : 0;

    private int DepthOf(Project project, HashSet<RepoPath> open)
    {
        if (_depths.TryGetValue(project.Path, out var known)) return known;
        if (!open.Add(project.Path)) return 0; // a circle
        var depth = 1 + project.References.Select(link => link.Path is { } path && map.Projects.FirstOrDefault(other => other.Path == path) is { } used ? DepthOf(used, open) : -1).DefaultIfEmpty(-1).Max();
        open.Remove(project.Path);
        return _depths[project.Path] = depth;
    }

    // Kahn's algorithm; units of a circle come by path when nothing else is left.
    private static IEnumerable<ImpactUnit> ByCalls(ImpactUnit[] units)
    {
        var sorted = units.OrderBy(unit => unit.Path).ThenBy(unit => unit.Range.Start).ToArray();
        var byName = sorted.Index().Where(unit => unit.Item.Name is not null).ToLookup(unit => unit.Item.Name!, unit => unit.Index, StringComparer.Ordinal);
        var calls = sorted.Select((unit, at) => Word().EnumerateMatches(unit.Text) is var words ? Called(unit.Text, words, byName, at) : []).ToArray();
        var left = Enumerable.Range(0, sorted.Length).ToList();
        while (left.Count > 0)
        {
            var open = left.ToHashSet();
            var ready = left.Where(at => !calls[at].Overlaps(open)).ToList();
            if (ready.Count == 0) ready = [left[0]];
            foreach (var at in ready) yield return sorted[at];
            left.RemoveAll(ready.Contains);
        }
    }

    private static HashSet<int> Called(string text, Regex.ValueMatchEnumerator words, ILookup<string, int> byName, int self)
    {
        var called = new HashSet<int>();
        foreach (var word in words)
            called.UnionWith(byName[text.Substring(word.Index, word.Length)].Where(at => at != self));
        return called;
    }

    [GeneratedRegex(@"[\p{L}_]\w*")]
    private static partial Regex Word();
}
