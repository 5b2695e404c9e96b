using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Slices;

namespace Rlm.Context.Relations;

/// <summary>Reads the bodies of symbols for what they call, and goes on into what is declared once.</summary>
internal sealed class CalleeSteps(SearchParts parts, ExactTargets exact)
{
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);

    public List<RelationSite> Find(IReadOnlyList<RelationSubject> subjects)
    {
        var sites = new List<RelationSite>();
        IReadOnlyList<FoundSymbol> bodies = [.. subjects.SelectMany(subject => subject.Declared)];
        for (var depth = 1; depth <= parts.Query.Depth && bodies.Count > 0; depth++)
        {
            var found = bodies.Where(body => _visited.Add(body.FullPath)).SelectMany(body => Calls(body, depth)).ToArray();
            sites.AddRange(found);
            // A name with several declarations may mean any of them: to follow all would be to guess.
            bodies = [.. found.Where(site => site.TargetCount == 1 && site.Targets[0].Symbol.IsMember).Select(site => site.Targets[0]).DistinctBy(symbol => symbol.FullPath)];
        }
        return sites;
    }

    private IEnumerable<RelationSite> Calls(FoundSymbol body, int depth)
    {
        if (parts.Deadline.IsOver())
        {
            parts.StepsLeft++;
            return [];
        }
        if (parts.Enclosers.Open(body.Path) is not WholeText text) return [];
        if (!UseReader.IsCode(text.Language)) parts.Notes.Add($"{text.Language} is not read as code");
        var uses = new UseReader(parts.Store, parts.TypeNames.Contains, parts.Cancellation).ReadAll(text, body.Symbol.Range);
        return exact.Bound([.. uses.Where(use => use.Kind is SiteKinds.Invoke or SiteKinds.Construct && !IsOperator(text, use) && InScope(text, use)).Select(use => Site(text, body, use, depth))]);
    }

    // nameof looks like a call and is none.
    private static bool IsOperator(WholeText text, NameUse use) => use.Name == "nameof" && text.Language == "csharp";

    private bool InScope(WholeText text, NameUse use) => parts.Query.Scope.Holds(text.Path, Line(text, use));

    private static LineRange Line(WholeText text, NameUse use) => text.Text.Lines.LineOf(use.Offset) is var line ? new(line, line) : default;

    private RelationSite Site(WholeText text, FoundSymbol body, NameUse use, int depth)
    {
        var line = text.Text.Lines.LineOf(use.Offset);
        var (targets, count) = parts.Resolver.Find(use.Name, typesOnly: false, text.Path);
        return new(text.Path, text.Stamp, line, use.Offset - text.Text.Lines.StartOf(line) + 1, use.Name, use.Kind, count == 1 ? Certainty.Candidate : Certainty.Syntax, depth)
        {
            Enclosing = body.Symbol, Targets = targets, TargetCount = count,
        };
    }
}
