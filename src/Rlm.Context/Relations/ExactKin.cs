using Microsoft.CodeAnalysis;
using Rlm.Context.Binding.Sites;
using Rlm.Context.Slices;

namespace Rlm.Context.Relations;

/// <summary>Puts the compiler's binding behind types and members that syntax found below others: those that truly derive, implement or override are exact, the others go.</summary>
internal sealed class ExactKin(SearchParts parts, Snapshot snapshot)
{
    /// <summary>Sites that went.</summary>
    public int Others { get; private set; }

    /// <summary>The sites, each with the declaration that it stands for in <see cref="RelationSite.Enclosing"/>.</summary>
    public List<RelationSite> Bound(List<RelationSite> sites, IReadOnlyList<FoundSymbol> declared)
    {
        if (!sites.Any(site => ExactSites.IsCSharp(site.Path))) return sites;
        var symbols = declared.Where(symbol => ExactSites.IsCSharp(symbol.Path)).ToArray();
        if (symbols.Length is 0 or > ExactSites.MaxSymbols) return sites;
        if (parts.Store.Binder.Target(symbols, snapshot, parts.Deadline.Left, out var why, parts.Cancellation) is not { } target)
        {
            parts.Tell(why);
            return sites;
        }
        var kept = new List<RelationSite>(sites.Count);
        foreach (var site in sites)
            if (Bound(site, target.Family) is { } bound) kept.Add(bound);
            else Others++;
        return kept;
    }

    private RelationSite? Bound(RelationSite site, SymbolFamily family)
    {
        if (!ExactSites.IsCSharp(site.Path) || site.Enclosing is not { } around) return site;
        var symbol = parts.Store.Binder.Declared(new(site.Path, around) { Stamp = site.Stamp }, snapshot, parts.Deadline.Left, out var why, parts.Cancellation);
        if (symbol is null)
        {
            parts.Tell(why);
            return site;
        }
        if (symbol is ITypeSymbol type) return family.IsBaseOf(type) ? site with { Certainty = Certainty.Exact } : null;
        if (!family.Holds(symbol) || family.Is(symbol)) return null;
        if (family.IsAbove(symbol)) return site with { Certainty = Certainty.Exact };
        return site with { Certainty = Certainty.Exact, Kind = SymbolFamily.Overridden(symbol).Any() ? SiteKinds.Override : SiteKinds.Implement };
    }
}
