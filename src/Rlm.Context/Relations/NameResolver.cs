using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;
using Rlm.Context.Search;
using Rlm.Context.Slices;

namespace Rlm.Context.Relations;

/// <summary>Finds what a name may mean by the table of symbols: all declarations of the name, wherever they are. No binding.</summary>
internal sealed class NameResolver(ContextStore store, Snapshot snapshot, Deadline deadline, CancellationToken cancellationToken)
{
    /// <summary>Declarations that are read for one name; the others are counted.</summary>
    public const int MaxTargets = 20;

    private readonly Dictionary<(string, bool, RepoPath), (IReadOnlyList<FoundSymbol> Found, int Count)> _known = [];
    private NameTable? _table;
    private bool _hasAsked;

    /// <summary>Names that could not be looked up in time.</summary>
    public int Left { get; private set; }

    /// <summary>Declarations of a name that can be called or, when asked so, derived from: those nearest to a file first, then by path and line. The count may be higher than the list is long; -1 when there was no time.</summary>
    public (IReadOnlyList<FoundSymbol> Found, int Count) Find(string name, bool typesOnly, RepoPath near)
    {
        if (_known.TryGetValue((name, typesOnly, near), out var known)) return known;
        if (deadline.IsOver())
        {
            Left++;
            return ([], -1);
        }
        var all = Declarations(name).Where(symbol => typesOnly ? symbol.Symbol.IsType : symbol.Symbol.IsMember || symbol.Symbol.IsType).ToArray();
        // A call of a type's name makes one: its constructors say nothing more.
        if (all.Any(symbol => symbol.Symbol.IsType)) all = [.. all.Where(symbol => symbol.Symbol.Kind != SymbolKinds.Constructor)];
        return _known[(name, typesOnly, near)] = ([.. all.OrderBy(symbol => Distance(symbol.Path, near)).Take(MaxTargets)], all.Length);
    }

    // The same file, the same folder, elsewhere.
    private static int Distance(RepoPath path, RepoPath near) => path == near ? 0 : path.Parent == near.Parent ? 1 : 2;

    private IEnumerable<FoundSymbol> Declarations(string name)
    {
        try
        {
            if (!_hasAsked) (_table, _hasAsked) = (NameTable.Of(store, ScopeResolver.All(snapshot)), true);
            if (_table is { Unknown.Length: 0 } table)
                return table.Hits(table.Named(name, 1)).Select(hit => new FoundSymbol(hit.Path, hit.Symbol)).OrderBy(symbol => symbol.Path).ThenBy(symbol => symbol.Symbol.Range.Start).ToArray();
            return store.Symbols.Find(name, ScopeResolver.All(snapshot), cancellationToken);
        }
        catch (IndexDamagedException)
        {
            store.Index.Distrust();
            return [];
        }
        catch (ContextException)
        {
            return []; // too many of them, or no time
        }
    }
}
