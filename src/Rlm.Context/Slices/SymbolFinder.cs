using System.Collections.Concurrent;
using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Outlines;
using Rlm.Context.Relations;
using Rlm.Context.Scopes;
using Rlm.Context.Search;

namespace Rlm.Context.Slices;

/// <summary>
/// Finds symbols by name: from the index, and where that does not know a file, by outlining those whose text holds all the names asked for.
/// </summary>
public sealed class SymbolFinder
{
    private const int MaxFound = 500;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private readonly ContextStore _store;

    internal SymbolFinder(ContextStore store) => _store = store;

    /// <summary>All symbols whose path ends in <paramref name="query"/>, by path and line. Time: a look at every name of the index and the outlines of the files that have it; or one scan of the scope, then the outlines of the files left.</summary>
    /// <param name="query">See <see cref="SymbolQuery"/>: <c>Type.Method</c>, <c>Method(string,int)</c>, <c>Ns::Type</c>.</param>
    /// <param name="scope">Where to look.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <param name="limit">The most time for what the index does not know; 15 s when null.</param>
    /// <exception cref="ContextException">The name is so common that not all files with it were outlined in time, or that it has more than 500 declarations.</exception>
    public IReadOnlyList<FoundSymbol> Find(string query, Scope scope, CancellationToken cancellationToken, TimeSpan? limit = null)
    {
        var deadline = new Deadline(_store.Options.Time, limit ?? Longest);
        var parsed = SymbolQuery.Parse(query);
        if (parsed.Words.Count == 0) return [];
        var found = new ConcurrentBag<FoundSymbol>();
        var files = Indexed(query, parsed, scope, found, cancellationToken) ?? (limit is null ? FilesWith(parsed.Words, scope, cancellationToken) : FilesInTime(query, parsed.Words, scope, deadline, cancellationToken));
        OutlineAll(query, parsed, files, found, deadline, cancellationToken);
        var chosen = Choose(parsed, found);
        return chosen.Count <= MaxFound ? chosen : throw TooMany(query, $"{chosen.Count:N0}");
    }

    // Finds what the index knows, and gives the files that it does not; null when it cannot be asked.
    private IReadOnlyList<FileEntry>? Indexed(string asked, SymbolQuery query, Scope scope, ConcurrentBag<FoundSymbol> found, CancellationToken cancellationToken)
    {
        try
        {
            if (query.Name is null || NameTable.Of(_store, scope) is not { } table) return null;
            var finder = new NamedFinder(table, query);
            finder.Find(found, query.Ordinal is null ? MaxFound : int.MaxValue, cancellationToken);
            if (query.Ordinal is null && finder.Sure > MaxFound) throw TooMany(asked, $"more than {MaxFound}");
            var others = new Scope(Array.ConvertAll(table.Unknown, place => scope.Files.Span[place]), null, null, default);
            return others.Files.IsEmpty ? [] : FilesWith(query.Words, others, cancellationToken);
        }
        catch (IndexDamagedException)
        {
            _store.Index.Distrust();
            found.Clear();
            return null;
        }
    }

    private void OutlineAll(string asked, SymbolQuery query, IReadOnlyList<FileEntry> files, ConcurrentBag<FoundSymbol> found, Deadline deadline, CancellationToken cancellationToken)
    {
        var left = 0;
        var ahead = new OutlinesAhead(_store, files, cancellationToken);
        ParallelFiles.Run(files.Count, null, "", cancellationToken, () => 0, (index, _) =>
        {
            if (deadline.IsOver())
            {
                Interlocked.Increment(ref left);
                return;
            }
            ahead.At(index);
            foreach (var symbol in SymbolsOf(files[index], cancellationToken))
                if (query.Matches(symbol)) found.Add(new(files[index].Path, symbol));
        });
        if (left > 0) throw TooCommon(ContextFault.Timeout, asked, $"a name that {files.Count:N0} files hold; {left:N0} of them could not be looked through in {deadline.Limit.TotalSeconds:0.#} s");
    }

    private static ContextException TooMany(string asked, string count) => TooCommon(ContextFault.BadArgument, asked, $"a name with {count} declarations; at most {MaxFound} are taken at once");

    private static ContextException TooCommon(ContextFault fault, string query, string why) =>
        new(fault, $"asked {NameEscaping.Escape(query)}, {why}", $"Say whose it is (Type.{NameEscaping.Escape(query)}) or where (path#{NameEscaping.Escape(query)}); search(pattern, mode: \"symbol\", in) lists them.");

    /// <summary>The symbols of one file that the query means.</summary>
    public IReadOnlyList<FoundSymbol> FindIn(OpenText text, string query, CancellationToken cancellationToken)
    {
        var parsed = SymbolQuery.Parse(query);
        var all = _store.OutlineOf(text, cancellationToken).All.ToArray();
        // The path as it was printed comes first: it is exact even where it looks like a shorter query.
        if (Array.Find(all, symbol => symbol.Path == query) is { } exact) return [new(text.Path, exact)];
        return Choose(parsed, all.Where(parsed.Matches).Select(symbol => new FoundSymbol(text.Path, symbol)));
    }

    /// <summary>The error for a symbol that is not there, with near names.</summary>
    internal ContextException Unknown(string query, Snapshot snapshot, CancellationToken cancellationToken)
    {
        IReadOnlyList<SymbolHit> hits = query.Length > 300 ? [] : SymbolSearch.Run(_store, query, ScopeResolver.All(snapshot), TimeSpan.FromSeconds(2), null, cancellationToken).Hits;
        return new(ContextFault.UnknownSymbol, $"asked {NameEscaping.Escape(query.Length > 200 ? query[..200] + "…" : query)}, which is neither a file nor a symbol in {snapshot.Files.Length:N0} files",
            "search(pattern, mode: \"symbol\") finds names by their parts.", [.. hits.Take(3).Select(hit => hit.FullPath)]);
    }

    /// <summary>All symbols of a covered file in its present version, depth first; none for large files and for files that are gone.</summary>
    public IEnumerable<Symbol> SymbolsOf(FileEntry file, CancellationToken cancellationToken)
    {
        if (file.IsLarge) return [];
        try
        {
            return (StoredOutlines.Of(_store, file.Path, file.Stamp) ?? _store.OutlineOf(_store.Open(file.Path, cancellationToken), cancellationToken)).All;
        }
        catch (ContextException)
        {
            return []; // gone or changed its nature since the snapshot: no longer covered
        }
    }

    /// <summary>Files of the scope whose text holds every one of the words, in order.</summary>
    internal IReadOnlyList<FileEntry> FilesWith(IReadOnlyList<string> words, Scope scope, CancellationToken cancellationToken)
    {
        foreach (var word in words)
        {
            var counts = ScanSearch.Run(_store, new(word, PatternKind.Word, PatternCase.Sensitive), scope, null, cancellationToken).Counts;
            var left = new List<FileEntry>();
            for (var index = 0; index < counts.Length; index++)
                if (counts[index] > 0) left.Add(scope.Files.Span[index]);
            scope = new Scope(left.ToArray(), null, null, default);
        }
        return scope.Files.ToArray();
    }

    private IReadOnlyList<FileEntry> FilesInTime(string asked, IReadOnlyList<string> words, Scope scope, Deadline deadline, CancellationToken cancellationToken)
    {
        foreach (var word in words)
        {
            var files = WordFiles.Of(_store, word, scope, deadline.IsOver, cancellationToken);
            if (files.Unseen > 0) throw TooCommon(ContextFault.Timeout, asked, $"a name that could not be looked for in {files.Unseen:N0} files in {deadline.Limit.TotalSeconds:0.#} s");
            scope = new Scope(files.Files.Select(file => file.File).ToArray(), null, null, default);
        }
        return scope.Files.ToArray();
    }

    internal static IReadOnlyList<FoundSymbol> Choose(SymbolQuery query, IEnumerable<FoundSymbol> found)
    {
        var all = found.Where(item => SymbolKinds.IsName(item.Symbol.Kind)).ToArray();
        // A type's name means the type: its constructors bear it too, and are asked for as Type.Type.
        if (all.Any(item => item.Symbol.IsType)) all = [.. all.Where(item => item.Symbol.Kind != SymbolKinds.Constructor)];
        var ordered = all.OrderBy(item => item.Path).ThenBy(item => item.Symbol.Range.Start).ThenBy(item => item.Symbol.Range.End).ToArray();
        return query.Ordinal is not { } ordinal ? ordered : ordinal >= 1 && ordinal <= ordered.Length ? [ordered[ordinal - 1]] : [];
    }
}
