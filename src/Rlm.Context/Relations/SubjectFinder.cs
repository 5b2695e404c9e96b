using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;
using Rlm.Context.Search;
using Rlm.Context.Slices;

namespace Rlm.Context.Relations;

/// <summary>Finds out which symbols are asked about.</summary>
internal sealed class SubjectFinder(ContextStore store, Snapshot snapshot, Deadline deadline, CancellationToken cancellationToken)
{
    // Without its declarations a name still has its sites.
    private const double ShareOfSearch = 0.35;

    /// <summary>The subject that a caller's words mean. A name that nothing declares here is a subject too: it may come from a library.</summary>
    /// <exception cref="ContextException">It means a file, something without a name, or nothing that could be a name.</exception>
    public RelationSubject Find(string asked)
    {
        try
        {
            var found = store.Targets.Resolve(asked, snapshot, cancellationToken, deadline.Left() * ShareOfSearch).Select(target => SymbolOf(asked, target)).DistinctBy(symbol => symbol.FullPath).ToArray();
            var name = NameOf(asked, found[0]);
            return new(asked, name, [.. found.Where(symbol => NameOf(asked, symbol) == name)], Math.Max(found.Length, name.Length == 0 ? 0 : Namesakes(name)));
        }
        catch (ContextException fault) when (fault.Fault is ContextFault.UnknownSymbol or ContextFault.UnknownPath or ContextFault.Timeout || fault.Asked.Contains("declarations", StringComparison.Ordinal))
        {
            if (asked.Contains('#') || asked.Contains('/') || SymbolQuery.Parse(asked).Name is not { } name || !WordPlaces.IsIdentifier(name)) throw;
            return new(asked, name, [], Namesakes(name)) { Note = fault.Fault is ContextFault.UnknownSymbol or ContextFault.UnknownPath ? null : fault.Asked, Unknown = fault };
        }
    }

    private FoundSymbol SymbolOf(string asked, Target target)
    {
        if (target.IsWholeFile) throw new ContextException(ContextFault.BadArgument, $"asked {NameEscaping.Escape(asked)}, which is a file, not a symbol", "Name a symbol of it: path#Type.Method, path:line or a handle.");
        if (target.Symbol is { } symbol) return new(target.Text.Path, symbol) { Stamp = target.Text.Stamp };
        var outline = store.OutlineOf(target.Text, cancellationToken);
        var meant = outline.All.FirstOrDefault(candidate => candidate.NameLine == target.Range.Start && candidate.Kind != SymbolKinds.Namespace) ?? outline.Enclosing(target.Range.Start);
        return meant is null ? throw new ContextException(ContextFault.UnknownSymbol, $"asked {NameEscaping.Escape(asked)}, which lies in no symbol", "Name a symbol, or a line of one.") : new(target.Text.Path, meant) { Stamp = target.Text.Stamp };
    }

    // The identifier that uses are written with: Bar of IFoo.Bar, the type's name of a constructor.
    private static string NameOf(string asked, FoundSymbol found)
    {
        // Operators and indexers of C# are used without a name: only binding finds their uses.
        if (ExactSites.IsCSharp(found.Path) && found.Symbol.Kind is SymbolKinds.Operator or SymbolKinds.Conversion or SymbolKinds.Indexer) return "";
        var name = found.Symbol.Name;
        name = name[(name.LastIndexOfAny(['.', '/', ':']) + 1)..].TrimStart('~', '@');
        if (name.IndexOfAny(['<', '(', '[', '`']) is var cut and > 0) name = name[..cut];
        return WordPlaces.IsIdentifier(name) && found.Symbol.Kind is not (SymbolKinds.Heading or SymbolKinds.Operator or SymbolKinds.Conversion or SymbolKinds.Indexer or SymbolKinds.TopLevel or SymbolKinds.Cell or SymbolKinds.Paragraph)
            ? name
            : throw new ContextException(ContextFault.BadArgument, $"asked {NameEscaping.Escape(asked)}, a {found.Symbol.Kind} that no identifier names", "search(pattern) finds text.");
    }

    private int Namesakes(string name)
    {
        try
        {
            return NameTable.Of(store, ScopeResolver.All(snapshot)) is { } table ? table.Named(name, 0).Sum(symbol => table.FilesOf(symbol.Content).Count()) : 0;
        }
        catch (IndexDamagedException)
        {
            store.Index.Distrust();
            return 0;
        }
    }
}
