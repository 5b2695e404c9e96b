using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.Projects;
using Rlm.Context.Scopes;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>The projects in a scope, by path: what they are, what they use, where they start. Packages go first when the budget is small, then references and entry points.</summary>
internal sealed class ProjectsAnswer
{
    private const int MaxBroken = 10, MaxCycles = 3, MaxListed = 40, MaxNamespaces = 15, MaxUses = 8;

    private readonly ToolCall _call;
    private readonly MapSubject _subject;
    private readonly ProjectMap _map;
    private readonly IReadOnlyList<Project> _projects;
    private readonly ILookup<RepoPath, Project> _usedBy;
    private readonly KeptSet? _kept;
    private readonly IReadOnlyDictionary<RepoPath, IReadOnlyList<NamespaceSummary>>? _namespaces;
    private readonly bool _lacksOthers;

    public ProjectsAnswer(ToolCall call, MapSubject subject)
    {
        (_call, _subject, _map) = (call, subject, call.Store.Projects.Of(call.Snapshot, call.Cancellation));
        _projects = [.. _map.Projects.Where(project => subject.Scope.Holds(project.Path, null)).Select(Seen)];
        _usedBy = _map.Projects.Where(project => project.OwnsFiles && IsSeen(project.Path)).SelectMany(project => project.References.Where(link => link.Path is not null).Select(link => (Used: link.Path!.Value, project))).ToLookup(pair => pair.Used, pair => pair.project);
        var holders = _projects.Where(project => project.OwnsFiles && project.Language == "csharp").Select(project => project.Path).ToHashSet();
        var reader = new NamespaceReader(call.Store, _map, call.Cancellation);
        // Later pages of text show names alone.
        _namespaces = call.Place is not null && !call.Context.Json ? new Dictionary<RepoPath, IReadOnlyList<NamespaceSummary>>() : reader.Of(holders, call.Within is null ? call.Snapshot.Files : call.Within.Files.ToArray().Where(file => call.Within.RangesOf(file.Path) is null));
        _lacksOthers = _namespaces is { Count: > 0 } && !reader.KnowsOthers;
        if (CommonParameters.SetName(call.Arguments) is { } name && call.Place is null) _kept = KeptSet.Save(call, name, [.. _projects.Take(SetStore.MaxItems).Select(project => SetItem.OfFile(project.Path))], _projects.Count);
    }

    private enum Step { Inside, Full, References, Names }

    public ToolAnswer Render() => _call.Context.Json ? Json() : Text();

    private bool IsSeen(RepoPath path) => _call.Within is null || _call.Within.Holds(path, null);

    // A session learns of no project outside its scope.
    private Project Seen(Project project) => _call.Within is null ? project : project with { References = [.. project.References.Where(link => link.Path is null || IsSeen(link.Path.Value))] };

    private IEnumerable<BrokenManifest> Broken => _map.Broken.Where(broken => _subject.Scope.Holds(broken.Path, null));

    private ToolAnswer Text()
    {
        var from = Math.Min(_call.PlaceNumber(), _projects.Count);
        var closing = Closing().ToArray();
        var reserve = AnswerSize.Bytes(Header(_projects.Count, "budget", Step.References)) + TextAnswer.BytesOf(closing) + LongestCursor().Length + 10;
        var step = _call.Place is null ? StepFor(_call.Size.Limit - reserve) : Step.Names;
        var answer = new TextAnswer(_call.Size, reserve);
        var at = from;
        for (; at < _projects.Count; at++)
        {
            if (answer.TryAdd(Block(_projects[at], step))) continue;
            if (!answer.IsEmpty) break;
            answer.Force(TextAnswer.Cut(Block(_projects[at], Step.Names), 200));
        }
        var isDone = at == _projects.Count;
        return new(answer.Finish(Header(at - from, isDone ? null : "budget", step), isDone ? closing : closing.Append("cursor: " + CursorAt(at))));
    }

    private Step StepFor(long room)
    {
        foreach (var step in (ReadOnlySpan<Step>)[Step.Inside, Step.Full, Step.References])
        {
            var left = room;
            foreach (var project in _projects)
                if ((left -= AnswerSize.Bytes(Block(project, step)) + 1) < 0) break;
            if (left >= 0) return step;
        }
        return Step.Names;
    }

    private string Header(int shown, string? reason, Step step)
    {
        var kinds = _projects.GroupBy(project => project.Kind).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} {group.Count():N0}"));
        return string.Create(CultureInfo.InvariantCulture,
            $"map projects {TextAnswer.Cut(NameEscaping.Escape(_subject.Shown), 120)} · shown {shown:N0} of {_projects.Count:N0} project{(_projects.Count == 1 ? "" : "s")}{(_projects.Count > 0 ? $" ({string.Join(", ", kinds)})" : "")} · {(reason is null ? "complete" : "partial: " + reason)}{step switch { Step.Full when _namespaces is { Count: > 0 } => " · step: without namespaces", Step.References => " · step: without packages", Step.Names => " · step: names", _ => "" }} · {_call.SnapshotWords()}");
    }

    private string Block(Project project, Step step)
    {
        var users = _usedBy[project.Path].Count();
        var line = string.Create(CultureInfo.InvariantCulture, $"{project.Name} [{project.Kind}, {project.Language}] {project.Path.Value}{(project.Targets.Count > 0 ? " · " + string.Join(", ", project.Targets.Take(6)) : "")}{Files(project)}{(users > 0 ? $" · used by {users:N0}" : "")}");
        if (step == Step.Names) return NameEscaping.Escape(TextAnswer.Cut(line, 400));
        var lines = new List<string> { line };
        if (project.References.Count > 0) lines.Add((project.OwnsFiles ? "  uses: " : "  holds: ") + Listed([.. project.References.Select(Word)]));
        if (project.EntryPoints.Count > 0) lines.Add("  starts: " + Listed(project.EntryPoints));
        if (step <= Step.Full && project.Packages.Count > 0) lines.Add("  packages: " + Listed(project.Packages));
        if (step == Step.Inside && _namespaces?.GetValueOrDefault(project.Path) is { } spaces && !IsPlain(spaces)) lines.AddRange(Namespaces(spaces));
        return string.Join('\n', lines.Select(one => NameEscaping.Escape(one)));
    }

    private static bool IsPlain(IReadOnlyList<NamespaceSummary> spaces) => spaces is [{ Name: "", MostNamed: [], Uses: [] }];

    // A: 5 types, most named here T 9 → B 3: nine other files of the projects shown name T, three files of A name types of B.
    private static IEnumerable<string> Namespaces(IReadOnlyList<NamespaceSummary> spaces)
    {
        foreach (var space in spaces.Take(MaxNamespaces))
            yield return string.Create(CultureInfo.InvariantCulture, $"  namespace {(space.Name.Length == 0 ? "(global)" : TextAnswer.Cut(space.Name, 120))}: {space.Types:N0} type{(space.Types == 1 ? "" : "s")}{Counted(", most named here ", space.MostNamed)}{Counted(" → ", space.Uses)}");
        if (spaces.Count > MaxNamespaces) yield return string.Create(CultureInfo.InvariantCulture, $"  and {spaces.Count - MaxNamespaces:N0} more namespace{(spaces.Count - MaxNamespaces == 1 ? "" : "s")}");
    }

    private static string Counted(string before, IReadOnlyList<(string Name, int Files)> items)
    {
        if (items.Count == 0) return "";
        var shown = string.Join(", ", items.Take(MaxUses).Select(item => string.Create(CultureInfo.InvariantCulture, $"{(item.Name.Length == 0 ? "(global)" : TextAnswer.Cut(item.Name, 120))} {item.Files:N0}")));
        return before + shown + (items.Count > MaxUses ? string.Create(CultureInfo.InvariantCulture, $" and {items.Count - MaxUses:N0} more") : "");
    }

    private static string Files(Project project) => !project.OwnsFiles ? "" : string.Create(CultureInfo.InvariantCulture, $" · {project.Files:N0} file{(project.Files == 1 ? "" : "s")}{(project.TestFiles > 0 && !project.IsTest ? $", {project.TestFiles:N0} of tests" : "")}");

    private static string Word(ProjectLink link) => link.Path is null ? $"{TextAnswer.Cut(link.Text, 120)} (not here)" : link.Name;

    private static string Listed(IReadOnlyList<string> items) => string.Join(", ", items.Take(MaxListed).Select(item => TextAnswer.Cut(item, 160))) + (items.Count > MaxListed ? string.Create(CultureInfo.InvariantCulture, $" and {items.Count - MaxListed:N0} more") : "");

    private IEnumerable<string> Closing()
    {
        foreach (var circle in _map.Cycles.Where(circle => circle.Any(project => _subject.Scope.Holds(project.Path, null) && IsSeen(project.Path))).Take(MaxCycles)) yield return "circle: " + NameEscaping.Escape(Listed([.. circle.Where(project => IsSeen(project.Path)).Select(project => project.Name)]));
        var broken = Broken.ToArray();
        foreach (var item in broken.Take(MaxBroken)) yield return NameEscaping.Escape($"broken: {TextAnswer.Cut(item.Path.Value, 160)}: {TextAnswer.Cut(item.Reason, 160)}");
        if (broken.Length > MaxBroken) yield return string.Create(CultureInfo.InvariantCulture, $"broken: and {broken.Length - MaxBroken:N0} more files");
        if (_projects.Count == 0) yield return "no solution, project file, package or module is covered here";
        if (TextAnswer.Losses(_subject.Scope.Losses) is { } losses) yield return losses;
        if (_kept is not null) yield return _kept.Line();
        if (TextAnswer.Skipped(_call.Snapshot) is { } skipped) yield return skipped;
        if (_lacksOthers) yield return "namespaces: of other projects' types only those of the projects shown are known here";
        if (_namespaces is null) yield return $"namespaces: shown of projects with up to {NamespaceReader.MostFiles.ToString("N0", CultureInfo.InvariantCulture)} C# files: narrow path or in";
        if (_projects.Any(project => project.OwnsFiles)) yield return $"next: map(path: {TextAnswer.Quoted("project:" + _projects.First(project => project.OwnsFiles).Name)})";
    }

    private string CursorAt(int at) => _call.CursorAt(at.ToString(CultureInfo.InvariantCulture));

    private string LongestCursor() => CursorAt(9_999_999) + "12345678";

    private ToolAnswer Json()
    {
        var from = Math.Min(_call.PlaceNumber(), _projects.Count);
        var frame = new JsonObject { ["path"] = _subject.Folder.Value, ["view"] = "projects", ["total"] = _projects.Count };
        _call.AddVersion(frame);
        frame["skipped"] = JsonParts.Skipped(_call.Snapshot);
        var broken = Broken.ToArray();
        if (broken.Length > 0) frame["broken"] = new JsonArray([.. broken.Take(_call.Size.IsUnlimited ? int.MaxValue : MaxBroken).Select(item => (JsonNode)new JsonObject { ["path"] = item.Path.Value, ["reason"] = item.Reason })]);
        if (broken.Length > MaxBroken && !_call.Size.IsUnlimited) frame["brokenNotNamed"] = broken.Length - MaxBroken;
        if (_lacksOthers) frame["namespacesOfOthers"] = false;
        if (_kept is not null) frame["set"] = _kept.Json();
        if (!_subject.Scope.Losses.None) frame["losses"] = JsonParts.Losses(_subject.Scope.Losses);
        var left = JsonParts.Room(_call.Size, frame, LongestCursor());
        var items = new JsonArray();
        var at = from;
        for (; at < _projects.Count; at++)
        {
            var item = Item(_projects[at]);
            if (!_call.Size.IsUnlimited && JsonOutput.Size(item) + 1 > left)
            {
                if (items.Count > 0) break;
                Shorten(item, left);
            }
            if (!_call.Size.IsUnlimited) left -= JsonOutput.Size(item) + 1;
            items.Add(item);
        }
        frame["projects"] = items;
        (frame["shown"], frame["complete"]) = (items.Count, at == _projects.Count);
        if (at < _projects.Count) (frame["reason"], frame["cursor"]) = ("budget", CursorAt(at));
        return new(frame.ToJsonString(JsonOutput.Options));
    }

    private JsonObject Item(Project project)
    {
        var item = Basics(project);
        if (_namespaces?.GetValueOrDefault(project.Path) is { } spaces)
            item["namespaces"] = new JsonArray([.. spaces.Take(_call.Size.IsUnlimited ? int.MaxValue : MaxNamespaces).Select(space => (JsonNode)new JsonObject { ["name"] = space.Name, ["types"] = space.Types, ["mostNamed"] = Texts([.. space.MostNamed.Select(used => used.Name)]), ["uses"] = Texts([.. space.Uses.Take(MaxUses).Select(used => used.Name)]) })]);
        return item;
    }

    private static JsonObject Basics(Project project) => new()
    {
        ["name"] = project.Name, ["path"] = project.Path.Value, ["kind"] = project.Kind, ["language"] = project.Language, ["targets"] = Texts(project.Targets),
        ["references"] = new JsonArray([.. project.References.Select(link => (JsonNode)new JsonObject { ["name"] = link.Name, ["path"] = link.Path?.Value })]),
        ["packages"] = Texts(project.Packages), ["entryPoints"] = Texts(project.EntryPoints), ["isTest"] = project.IsTest, ["files"] = project.Files, ["testFiles"] = project.TestFiles,
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    // A project that alone is larger than a page: its lists are cut, and say how much of them is left.
    private static void Shorten(JsonObject item, long room)
    {
        item["cut"] = true;
        foreach (var name in (ReadOnlySpan<string>)["packages", "references", "entryPoints", "targets"])
        {
            var list = item[name]!.AsArray();
            var all = list.Count;
            while (list.Count > 0 && JsonOutput.Size(item) > room)
                for (var half = (list.Count + 1) / 2; half > 0; half--) list.RemoveAt(list.Count - 1);
            if (list.Count < all) item[name + "Total"] = all;
        }
    }
}
