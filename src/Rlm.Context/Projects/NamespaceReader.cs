using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Search;
using Rlm.Context.Slices;

namespace Rlm.Context.Projects;

/// <summary>
/// The namespaces of C# projects, and which of them use which: a file uses a namespace when it names one of its types and sees it, by its using directives (global ones of its
/// project too) or by lying in it, in its own project or one that this refers to. Read from outlines and words, comments included; nothing is bound for it.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="map">Who owns which file.</param>
/// <param name="cancellationToken">Ends it.</param>
public sealed partial class NamespaceReader(ContextStore store, ProjectMap map, CancellationToken cancellationToken)
{
    /// <summary>More C# files than this are not read for a picture.</summary>
    public const int MostFiles = 1_500;

    private const int MostNamedTypes = 4;

    private const int MostOthers = 4_000;

    /// <summary>Whether types of the projects that were not asked about, but are referred to, are known too: not with more than 4,000 files, or where they are no part of what may be looked at.</summary>
    public bool KnowsOthers { get; private set; } = true;

    /// <summary>By project, most types first; null when there are more than <see cref="MostFiles"/> files. Time: about 1 ms for each file that is not outlined yet.</summary>
    /// <param name="projects">Paths of their files.</param>
    /// <param name="files">Files that may be looked at.</param>
    public IReadOnlyDictionary<RepoPath, IReadOnlyList<NamespaceSummary>>? Of(IReadOnlyCollection<RepoPath> projects, IEnumerable<FileEntry> files)
    {
        var others = projects.SelectMany(Reached).ToHashSet();
        others.ExceptWith(projects);
        var owned = files.Where(file => file.Language == "csharp" && !file.IsLarge).Select(file => (File: file, Owner: OwnerOf(file.Path)?.Path ?? default)).ToArray();
        var wanted = owned.Where(file => projects.Contains(file.Owner)).Select(file => file.File).ToArray();
        if (wanted.Length > MostFiles) return null;
        var around = owned.Where(file => others.Contains(file.Owner)).Select(file => file.File).ToArray();
        KnowsOthers = around.Length <= MostOthers && others.All(other => owned.Any(file => file.Owner == other) || map.Projects.All(project => project.Path != other || project.Language != "csharp"));
        var (known, beside) = (ReadAll(wanted), KnowsOthers ? ReadAll(around) : []);
        Resolve(known, [.. known, .. beside]);
        return known.GroupBy(file => file.Project).ToDictionary(project => project.Key, project => (IReadOnlyList<NamespaceSummary>)Summaries([.. project], Users(known)));
    }

    private NamespaceFile[] ReadAll(FileEntry[] files)
    {
        var read = new NamespaceFile?[files.Length];
        ParallelFiles.Run(files.Length, null, "", cancellationToken, () => 0, (at, _) => read[at] = Read(files[at]));
        return [.. read.OfType<NamespaceFile>()];
    }

    private Project? OwnerOf(RepoPath path) => map.OwnersOf(path).FirstOrDefault(owner => owner.Language == "csharp");

    private static Dictionary<NamespaceType, int> Users(NamespaceFile[] files) => files.SelectMany(file => file.Names.Except(file.Types)).GroupBy(type => type).ToDictionary(type => type.Key, type => type.Count());

    private static NamespaceSummary[] Summaries(NamespaceFile[] files, Dictionary<NamespaceType, int> users) =>
        [.. files.SelectMany(file => file.Types.Select(type => type.Space).Distinct().Select(space => (Space: space, File: file))).GroupBy(part => part.Space, part => part.File, StringComparer.Ordinal)
            .Select(space => (space.Key, Types: space.SelectMany(file => file.Types).Where(type => type.Space == space.Key).Distinct().ToArray(), Files: space.ToArray()))
            .Select(space => new NamespaceSummary(space.Key, space.Types.Length,
                [.. Most(space.Types.Where(users.ContainsKey).Select(type => (type.Name, users[type]))).Take(MostNamedTypes)],
                [.. Most(space.Files.SelectMany(file => file.Names.Select(type => type.Space).Where(other => other != space.Key).Distinct(StringComparer.Ordinal)).GroupBy(other => other, StringComparer.Ordinal).Select(other => (other.Key, other.Count())))]))
            .OrderByDescending(space => space.Types).ThenBy(space => space.Name, StringComparer.Ordinal)];

    private static IEnumerable<(string, int)> Most(IEnumerable<(string Name, int Count)> counted) => counted.OrderByDescending(one => one.Count).ThenBy(one => one.Name, StringComparer.Ordinal);

    private NamespaceFile? Read(FileEntry file)
    {
        try
        {
            if (store.Open(file.Path, cancellationToken) is not WholeText text) return null;
            var owner = OwnerOf(file.Path)!.Path;
            var directives = Using().Matches(text.Text.Text);
            return new(owner, text.Text.Text, [.. Types(owner, store.OutlineOf(text, cancellationToken).Symbols, "")], Named(directives, isGlobal: false), Named(directives, isGlobal: true));
        }
        catch (ContextException)
        {
            return null; // gone since the walk
        }
    }

    private static string[] Named(MatchCollection directives, bool isGlobal) => [.. directives.Where(one => one.Groups["global"].Success == isGlobal).Select(one => one.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    // Nested types are named through their holders, and often like something else.
    private static IEnumerable<NamespaceType> Types(RepoPath project, IEnumerable<Symbol> symbols, string space) => symbols.SelectMany(symbol =>
        symbol.Kind == SymbolKinds.Namespace ? Types(project, symbol.Children, symbol.Path) : symbol.IsType ? [new NamespaceType(project, space, PlainName(symbol.Name))] : []).Distinct();

    private static string PlainName(string name) => name.IndexOfAny(['<', '`']) is > 0 and var end ? name[..end] : name;

    private void Resolve(NamespaceFile[] files, NamespaceFile[] declaring)
    {
        var homes = declaring.SelectMany(file => file.Types).Distinct().GroupBy(type => type.Name, StringComparer.Ordinal).ToDictionary(name => name.Key, name => name.ToArray(), StringComparer.Ordinal);
        var global = files.GroupBy(file => file.Project).ToDictionary(project => project.Key, project => project.SelectMany(file => file.GlobalUsings).ToArray());
        var reached = files.Select(file => file.Project).Distinct().ToDictionary(project => project, Reached);
        ParallelFiles.Run(files.Length, null, "", cancellationToken, () => 0, (at, _) =>
        {
            var file = files[at];
            var seen = file.Usings.Concat(global[file.Project]).Concat(file.Types.SelectMany(type => Around(type.Space))).Append("").ToHashSet(StringComparer.Ordinal);
            file.Names = Words(file.Text, homes).Select(name => Meant(homes[name], file, seen, reached[file.Project])).OfType<NamespaceType>().ToHashSet();
        });
    }

    // Its own project's first; what may be one of several is none.
    private static NamespaceType? Meant(NamespaceType[] types, NamespaceFile file, HashSet<string> seen, HashSet<RepoPath> reached)
    {
        var visible = types.Where(type => seen.Contains(type.Space) && reached.Contains(type.Project)).ToArray();
        var own = visible.Where(type => type.Project == file.Project).ToArray();
        return own is [var one] ? one : own.Length == 0 && visible is [var other] ? other : null;
    }

    private static HashSet<string> Words(string text, Dictionary<string, NamespaceType[]> homes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var known = homes.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var word in Word().EnumerateMatches(text))
            if (known.TryGetValue(text.AsSpan(word.Index, word.Length), out var name, out _)) names.Add(name);
        return names;
    }

    // A, A.B and A.B.C of A.B.C.
    private static IEnumerable<string> Around(string space)
    {
        for (var end = space.Length; end > 0; end = space.LastIndexOf('.', end - 1)) yield return space[..end];
    }

    private HashSet<RepoPath> Reached(RepoPath project)
    {
        var reached = new HashSet<RepoPath> { project };
        var ahead = new Queue<RepoPath>(reached);
        while (ahead.TryDequeue(out var next))
            foreach (var link in map.Projects.Where(one => one.Path == next).SelectMany(one => one.References))
                if (link.Path is { } path && reached.Add(path)) ahead.Enqueue(path);
        return reached;
    }

    // Neither `using static Type` nor `using Alias = …`: those name types. Nor `using (…)`.
    [GeneratedRegex(@"^[ \t]*(?<global>global[ \t]+)?using[ \t]+(?<name>[\p{L}_][\w.]*)[ \t]*;", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"[\p{L}_]\w*")]
    private static partial Regex Word();
}
