using System.Globalization;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Relations;
using Rlm.Context.Scopes;
using Rlm.Context.Slices;
using Rlm.Recursion.Context;

namespace Rlm.Mcp.Sessions;

/// <summary>Puts the callers of changed symbols beside their units: what a change may break stands elsewhere.</summary>
/// <param name="store">The store.</param>
/// <param name="snapshot">Of it.</param>
/// <param name="scope">Where callers may lie.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class ChangeCallers(ContextStore store, Snapshot snapshot, Scope scope, CancellationToken cancellationToken)
{
    private const int MostShown = 8;

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan OfAll = TimeSpan.FromSeconds(20);

    /// <summary>The units with the handles of their callers, as far as these are found in 20 s; each unit says what is missing.</summary>
    public UnitList Beside(UnitList units)
    {
        var begun = store.Options.Time.GetTimestamp();
        return units with { Units = [.. units.Units.Select((unit, at) => With(unit, OfAll - store.Options.Time.GetElapsedTime(begun), units.Units.Count - at))] };
    }

    private Unit With(Unit unit, TimeSpan left, int units)
    {
        if (unit.Symbol is not { } symbol) return unit;
        var callers = left > TimeSpan.Zero ? Callers(symbol, Share(left, units)) : "not looked for: time is over";
        return unit with { Callers = callers, Characters = unit.Characters + callers.Length };
    }

    // Twice a fair part: most need less. The first ones must not wait for compilations until nothing is left for the others.
    private static TimeSpan Share(TimeSpan left, int units) => TimeSpan.FromTicks(Math.Clamp(2 * left.Ticks / units, Least.Ticks, Most.Ticks));

    private string Callers(string symbol, TimeSpan deadline)
    {
        try
        {
            var found = RelationSearch.Run(store, snapshot, new([symbol], Relation.Callers, 1, deadline, scope), cancellationToken);
            var callers = found.Sites.Where(site => site.Enclosing is not null).Select(site => (site.Path, Symbol: site.Enclosing!)).DistinctBy(caller => (caller.Path, caller.Symbol.Path)).ToArray();
            var parts = callers.Take(MostShown).Select(caller => Shown(caller.Path, caller.Symbol)).OfType<string>().ToList();
            if (callers.Length > parts.Count) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{callers.Length - parts.Count} more"));
            if (found.IsCut) parts.Add("perhaps others, for want of time");
            return parts.Count == 0 ? "none found" : string.Join(", ", parts);
        }
        catch (ContextException)
        {
            return "not found: the symbol is not what it was";
        }
    }

    private string? Shown(RepoPath path, Symbol symbol)
    {
        try
        {
            return $"{Handle.Of(path, symbol.Range, store.Open(path, cancellationToken).Lines(symbol.Range))} {symbol.Path}";
        }
        catch (Exception gone) when (gone is ContextException or RootAccessException)
        {
            return null;
        }
    }
}
