using Rlm.Context.Outlines;
using Rlm.Context.Slices;

namespace Rlm.Context.Relations;

/// <summary>Goes down base lists: of a type to the types that name it, of a member to the members of its name in those types.</summary>
internal sealed class MemberSteps(SearchParts parts)
{
    private const int DeepestType = 6;

    public List<RelationSite> Find(IReadOnlyList<RelationSubject> subjects)
    {
        var types = subjects.Where(subject => subject.Declared.Count == 0 || subject.Declared.Any(symbol => symbol.Symbol.IsType)).Select(subject => subject.Name).ToArray();
        var sites = parts.Query.Relation == Relation.Overrides ? [] : Below(types, parts.Query.Depth);
        foreach (var member in subjects.SelectMany(subject => subject.Declared).Where(symbol => !symbol.Symbol.IsType).ToArray()) sites.AddRange(OfMember(member));
        return sites;
    }

    private IEnumerable<RelationSite> OfMember(FoundSymbol member)
    {
        if (MemberSites.HolderOf(parts, member) is not { } holder) return [];
        var name = UpwardSteps.PlainName(member.Symbol.Name);
        var types = Below([UpwardSteps.PlainName(holder.Symbol.Name)], DeepestType).Where(site => site.Enclosing is not null).DistinctBy(site => (site.Path, site.Enclosing!.Path));
        return types.SelectMany(site => MemberSites.Of(parts, new(site.Path, site.Enclosing!), name, site.Depth, parts.Query.Relation == Relation.Overrides));
    }

    private List<RelationSite> Below(IEnumerable<string> bases, int most)
    {
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var sites = new List<RelationSite>();
        var names = parts.Next(bases, visited);
        for (var depth = 1; depth <= most && names.Count > 0; depth++)
        {
            var found = parts.Enclosers.Fill(parts.Scan.FindBases(names, depth), symbol => symbol.IsType);
            sites.AddRange(found);
            names = depth == most ? [] : parts.Next(found.Where(site => site.Enclosing is not null).Select(site => UpwardSteps.PlainName(site.Enclosing!.Name)), visited);
        }
        return sites;
    }
}
