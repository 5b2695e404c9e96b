using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Slices;

namespace Rlm.Context.Relations;

/// <summary>Reads the base lists of types and goes on to the types named there; of a member, looks for members of its name in them.</summary>
internal sealed class BaseSteps(SearchParts parts, ExactTargets exact)
{
    // A base list ends near the name.
    private const int MaxHeaderLines = 40;

    private const int DeepestBase = 6;

    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);

    public List<RelationSite> Find(IReadOnlyList<RelationSubject> subjects)
    {
        var declared = subjects.SelectMany(subject => subject.Declared).ToArray();
        var types = Above([.. declared.Where(symbol => symbol.Symbol.IsType)], parts.Query.Depth).Sites;
        return [.. types, .. declared.Where(symbol => !symbol.Symbol.IsType).SelectMany(OfMember)];
    }

    private IEnumerable<RelationSite> OfMember(FoundSymbol member)
    {
        if (MemberSites.HolderOf(parts, member) is not { } holder) return [];
        var name = UpwardSteps.PlainName(member.Symbol.Name);
        return Above([holder], DeepestBase).Types.Where(type => type.Depth <= parts.Query.Depth || parts.Query.Depth == 1).SelectMany(type => MemberSites.Of(parts, type.Symbol, name, type.Depth, overridesOnly: false));
    }

    private (List<RelationSite> Sites, List<(FoundSymbol Symbol, int Depth)> Types) Above(IReadOnlyList<FoundSymbol> types, int most)
    {
        var sites = new List<RelationSite>();
        var above = new List<(FoundSymbol, int)>();
        for (var depth = 1; depth <= most && types.Count > 0; depth++)
        {
            var found = types.Where(type => _visited.Add(type.FullPath)).SelectMany(type => BaseList(type, depth)).ToArray();
            sites.AddRange(found);
            types = [.. found.SelectMany(site => site.Targets).DistinctBy(symbol => symbol.FullPath)];
            above.AddRange(types.Select(type => (type, depth)));
        }
        return (sites, above);
    }

    private IEnumerable<RelationSite> BaseList(FoundSymbol type, int depth)
    {
        if (parts.Deadline.IsOver())
        {
            parts.StepsLeft++;
            return [];
        }
        if (parts.Enclosers.Open(type.Path) is not WholeText text) return [];
        var outline = parts.Store.OutlineOf(text, parts.Cancellation);
        var header = new LineRange(type.Symbol.Range.Start, Math.Min(Math.Min(type.Symbol.Range.End, type.Symbol.NameLine + MaxHeaderLines), text.LineCount));
        var uses = new UseReader(parts.Store, parts.TypeNames.Contains, parts.Cancellation).ReadAll(text, header);
        return exact.Bound([.. uses.Where(use => use.Kind == SiteKinds.Base && use.Name != type.Symbol.Name && outline.Enclosing(text.Text.Lines.LineOf(use.Offset), symbol => symbol.IsType)?.Path == type.Symbol.Path).Select(use => Site(text, type, use, depth))]);
    }

    private RelationSite Site(WholeText text, FoundSymbol type, NameUse use, int depth)
    {
        var line = text.Text.Lines.LineOf(use.Offset);
        var (targets, count) = parts.Resolver.Find(use.Name, typesOnly: true, text.Path);
        return new(text.Path, text.Stamp, line, use.Offset - text.Text.Lines.StartOf(line) + 1, use.Name, use.Kind, count == 1 ? Certainty.Candidate : Certainty.Syntax, depth)
        {
            Enclosing = type.Symbol, Targets = targets, TargetCount = count,
        };
    }
}
