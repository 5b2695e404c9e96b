using System.Globalization;
using System.Text;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Projects;
using Rlm.Context.Relations;
using Rlm.Context.Scopes;
using Rlm.Context.Slices;
using Rlm.Mcp.Rendering;

namespace Rlm.Mcp.Prompts;

/// <summary>
/// What a change of a symbol touches: units in the order to change them, uncertain places apart, tests that reach it. All of the units are kept as the set <c>@impact</c>, of which
/// the text names the first few hundred.
/// </summary>
internal sealed class RefactoringImpact(ContextStore store, CancellationToken cancellationToken)
{
    /// <summary>The set that holds the sites.</summary>
    public const string SetName = "impact";

    private const int MostUnits = 300, MostUncertain = 60, MostTests = 60, TestSteps = 3;

    private static readonly TimeSpan ForSites = TimeSpan.FromSeconds(20), ForTests = TimeSpan.FromSeconds(6);

    private readonly Snapshot _snapshot = store.Current(null, cancellationToken);
    private readonly Dictionary<RepoPath, (OpenText Text, Outline Outline)?> _open = [];

    /// <summary>The list as text. Time: up to 26 s for a name that is used everywhere and was never bound; else as <c>refs</c> takes.</summary>
    /// <exception cref="ContextException">The symbol is not known.</exception>
    public string Text(string symbol)
    {
        var found = RelationSearch.Run(store, _snapshot, new([symbol], Relation.References, 1, ForSites, ScopeResolver.All(_snapshot)), cancellationToken);
        var order = new ImpactOrder(store.Projects.Of(_snapshot, cancellationToken));
        var sure = found.Sites.Where(site => site.Certainty is Certainty.Exact || (site.Certainty is Certainty.Syntax && !IsUnbound(site))).ToArray();
        var units = order.Of(Units(sure));
        store.Sets.Save(SetName, [.. units.Take(SetStore.MaxItems).Select(Item)]);
        var text = new StringBuilder();
        Subjects(text, found);
        text.Append(CultureInfo.InvariantCulture, $"units to change, in order ({units.Count:N0} with {sure.Length:N0} sites; kept as @{SetName}):\n");
        Numbered(text, units, order);
        Uncertain(text, found, [.. found.Sites.Except(sure)]);
        Tests(text, symbol, order);
        foreach (var note in Gaps(found)) text.Append("not whole: ").Append(note).Append('\n');
        return text.ToString().TrimEnd();
    }

    // C# that could have been bound, and was not.
    private static bool IsUnbound(RelationSite site) => site.Path.Value.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);

    private static void Subjects(StringBuilder text, RelationResult found)
    {
        foreach (var subject in found.Subjects)
        {
            if (subject.Declared.Count == 0) text.Append(CultureInfo.InvariantCulture, $"{NameEscaping.Escape(subject.Name)} is declared nowhere here under the name that was given: only its name was looked for, and nothing binds. search(pattern: {TextAnswer.Quoted(subject.Name)}, mode: \"symbol\") finds what there is\n");
            foreach (var symbol in subject.Declared.Take(10)) text.Append(CultureInfo.InvariantCulture, $"symbol: {NameEscaping.Escape(symbol.FullPath)} [{symbol.Symbol.Kind} {symbol.Symbol.Range}] {NameEscaping.Escape(TextAnswer.Cut(symbol.Symbol.Signature, 300))}\n");
            if (subject.Declared.Count > 1) text.Append(CultureInfo.InvariantCulture, $"{subject.Declared.Count:N0} declarations are meant; ask for one of them by its path#symbol if that is not wanted\n");
        }
    }

    private IEnumerable<ImpactUnit> Units(IEnumerable<RelationSite> sites)
    {
        foreach (var file in sites.GroupBy(site => site.Path))
        {
            if (Opened(file.Key) is not ({ } text, { } outline)) continue;
            foreach (var unit in file.Where(site => site.Line <= text.LineCount).GroupBy(site => HolderOf(outline, site.Line)))
            {
                // Of a type only the lines: its members are units of their own.
                var range = unit.Key is { IsMember: true } member ? member.Range : new LineRange(unit.Min(site => site.Line), unit.Max(site => site.Line));
                var kinds = unit.GroupBy(site => site.Via is null ? site.Kind : $"{site.Kind} via {NameEscaping.Escape(site.Via)}").OrderByDescending(kind => kind.Count()).Select(kind => kind.Count() == 1 ? kind.Key : string.Create(CultureInfo.InvariantCulture, $"{kind.Count():N0} {kind.Key}"));
                yield return new(file.Key, unit.Key, range, text.Lines(range), unit.Min(Rank), $"{string.Join(", ", kinds.Take(5))}{(unit.All(site => site.Certainty is Certainty.Exact) ? "" : " · by syntax")}");
            }
        }
    }

    private static Symbol? HolderOf(Outline outline, int line) => outline.Enclosing(line, symbol => symbol.IsMember) ?? outline.Enclosing(line, symbol => symbol.IsType);

    private static int Rank(RelationSite site) => site.Kind switch
    {
        SiteKinds.Declaration when site.Via is null => 0,
        SiteKinds.Declaration or SiteKinds.Override or SiteKinds.Implement => 1,
        _ => 2,
    };

    private static void Numbered(StringBuilder text, IReadOnlyList<ImpactUnit> units, ImpactOrder order)
    {
        Project? last = null;
        foreach (var (at, unit) in units.Take(MostUnits).Index())
        {
            var project = order.ProjectOf(unit.Path);
            if (project is not null && project != last) text.Append(CultureInfo.InvariantCulture, $"project {NameEscaping.Escape(project.Name)}{(project.IsTest ? " (tests)" : "")}\n");
            last = project;
            text.Append(CultureInfo.InvariantCulture, $"{at + 1}. {NameEscaping.Escape(unit.Handle.ToString())} {NameEscaping.Escape(unit.Symbol?.Path ?? "in no symbol")} · {unit.What}\n");
        }
        if (units.Count > MostUnits) text.Append(CultureInfo.InvariantCulture, $"and {units.Count - MostUnits:N0} more: read(targets: [\"@{SetName}\"], unit: \"symbol\") goes through them\n");
    }

    private void Uncertain(StringBuilder text, RelationResult found, IReadOnlyList<RelationSite> sites)
    {
        var places = sites.Select(site => (site.Path, site.Line, Why: site.Certainty.ToString().ToLowerInvariant())).Concat(found.MentionLines.Select(line => (line.Path, line.Line, Why: "mention"))).Distinct()
            .OrderBy(place => place.Path).ThenBy(place => place.Line).ToArray();
        if (places.Length == 0 && found.UnreadLines == 0) return;
        text.Append(CultureInfo.InvariantCulture, $"uncertain ({places.Length + found.UnreadLines:N0} lines that name it and do not bind to it: strings, comments, documents, configuration, code that could not be bound):\n");
        foreach (var (path, line, why) in places.Take(MostUncertain))
            if (Opened(path) is ({ } open, _) && line <= open.LineCount)
                text.Append(CultureInfo.InvariantCulture, $"- {NameEscaping.Escape(path.Value)}:{line} [{why}] {TextAnswer.Cut(NameEscaping.Escape(open.Lines(new(line, line)).Trim()), 120)}\n");
        if (places.Length > MostUncertain) text.Append(CultureInfo.InvariantCulture, $"- and {places.Length - MostUncertain:N0} more: search(pattern: {TextAnswer.Quoted(found.Subjects[0].Name)}, mode: \"word\")\n");
    }

    private void Tests(StringBuilder text, string symbol, ImpactOrder order)
    {
        var found = RelationSearch.Run(store, _snapshot, new([symbol], Relation.Tests, TestSteps, ForTests, ScopeResolver.All(_snapshot)), cancellationToken);
        var tests = found.Sites.Where(site => site.Enclosing is not null).Select(site => (site.Path, site.Enclosing!.Path, site.Depth)).DistinctBy(test => (test.Item1, test.Item2)).ToArray();
        text.Append(CultureInfo.InvariantCulture, $"tests that reach it in up to {TestSteps} steps: {tests.Length:N0}\n");
        foreach (var project in tests.GroupBy(test => order.ProjectOf(test.Item1)?.Path.Value ?? "").OrderBy(project => project.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{(project.Key.Length == 0 ? "in no project" : NameEscaping.Escape(project.Key))}: ");
            text.AppendJoin(", ", project.OrderBy(test => test.Depth).ThenBy(test => test.Item2, StringComparer.Ordinal).Take(MostTests).Select(test => NameEscaping.Escape(test.Item2)));
            text.Append(project.Count() > MostTests ? string.Create(CultureInfo.InvariantCulture, $" and {project.Count() - MostTests:N0} more\n") : "\n");
        }
        if (found.IsCut) text.Append("not whole: not all tests were followed in time\n");
    }

    private static IEnumerable<string> Gaps(RelationResult found)
    {
        foreach (var note in found.Notes.Distinct().Take(5)) yield return note;
        if (found.FilesUnseen > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{found.FilesUnseen:N0} files that may hold the name were not looked at in time");
        if (found.Unread.Count > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{found.Unread.Count:N0} files with {found.UnreadLines:N0} lines that name it were not read as code");
    }

    private SetItem Item(ImpactUnit unit) => new(unit.Path, unit.Range, unit.Symbol?.Path, unit.Handle.ToString()) { Stamp = _open[unit.Path]!.Value.Text.Stamp, IsWholeSymbol = unit.Symbol?.Range == unit.Range };

    private (OpenText Text, Outline Outline)? Opened(RepoPath path)
    {
        if (_open.TryGetValue(path, out var known)) return known;
        try
        {
            var text = store.Open(path, cancellationToken);
            return _open[path] = (text, store.OutlineOf(text, cancellationToken));
        }
        catch (ContextException)
        {
            return _open[path] = null; // gone meanwhile
        }
    }
}
