using Rlm.Context.Outlines;
using Rlm.Context.Slices;

namespace Rlm.Context.Relations;

/// <summary>Goes from names to the symbols around their sites and on to the names of these: callers, tests, derived types. Each name is followed once, so cycles end.</summary>
internal sealed class UpwardSteps(SearchParts parts, ExactSites? exact)
{
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);

    private Relation Asked => parts.Query.Relation;

    public List<RelationSite> Find(IReadOnlyList<RelationSubject> subjects)
    {
        var sites = new List<RelationSite>();
        var wanted = subjects.GroupBy(subject => subject.Name).ToDictionary(group => group.Key, group => group.SelectMany(subject => subject.Declared).Select(symbol => symbol.Symbol.Kind).ToHashSet(), StringComparer.Ordinal);
        var names = parts.Next(wanted.Keys, _visited);
        IReadOnlyList<FoundSymbol> declared = [.. subjects.SelectMany(subject => subject.Declared)];
        var hasNameless = subjects.Any(subject => subject.Name.Length == 0);
        for (var depth = 1; depth <= parts.Query.Depth && (names.Count > 0 || (depth == 1 && hasNameless)); depth++)
        {
            var found = parts.Enclosers.Fill([.. Sites(names, declared, depth).Where(site => Fits(site, wanted.GetValueOrDefault(site.Name) ?? wanted.GetValueOrDefault("")))], IsHolder);
            sites.AddRange(found.Where(site => Asked != Relation.Tests || site.IsInTest));
            if (depth == parts.Query.Depth) break;
            declared = [.. found.Where(site => site.Enclosing is not null && !(Asked == Relation.Tests && site.IsInTest)).Select(site => new FoundSymbol(site.Path, site.Enclosing!) { Stamp = site.Stamp }).DistinctBy(symbol => symbol.FullPath)];
            var around = declared.Select(symbol => symbol.Symbol).ToArray();
            wanted = around.GroupBy(symbol => PlainName(symbol.Name)).ToDictionary(group => group.Key, group => group.Select(symbol => symbol.Kind).ToHashSet(), StringComparer.Ordinal);
            names = parts.Next(wanted.Keys, _visited);
        }
        return sites;
    }

    private List<RelationSite> Sites(IReadOnlyList<string> names, IReadOnlyList<FoundSymbol> declared, int depth)
    {
        if (Asked == Relation.Derived) return parts.Scan.FindBases(names, depth);
        var found = parts.Scan.Find(names, depth);
        return exact is null ? found : exact.Bound(found, declared, depth);
    }

    internal static string PlainName(string name)
    {
        name = name[(name.LastIndexOfAny(['.', '/', ':']) + 1)..].TrimStart('~', '@');
        return name.IndexOfAny(['<', '(', '[', '`']) is var cut and > 0 ? name[..cut] : name;
    }

    private bool IsHolder(Symbol symbol) => Asked == Relation.Derived ? symbol.IsType : symbol.IsMember;

    private bool Fits(RelationSite site, HashSet<string>? kinds) => site.Kind == SiteKinds.Unknown ? Asked != Relation.Tests : Asked switch
    {
        Relation.Derived => site.Kind == SiteKinds.Base,
        Relation.Tests => site.Kind is not (SiteKinds.Declaration or SiteKinds.Override or SiteKinds.Import or SiteKinds.Cref),
        _ => IsCall(site, kinds),
    };

    // Reading a property calls it; of a method the calls count, of a type its construction.
    private static bool IsCall(RelationSite site, HashSet<string>? kinds) => site.Kind is SiteKinds.Invoke or SiteKinds.Construct or SiteKinds.Implicit
        || (kinds is not null && kinds.Any(kind => kind is SymbolKinds.Property or SymbolKinds.Indexer or SymbolKinds.Event or SymbolKinds.Field or SymbolKinds.Variable) && site.Kind is SiteKinds.Read or SiteKinds.Write);
}
