using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Scopes;
using Rlm.Context.Search.Ranking;
using Rlm.Context.Slices;
using Rlm.Mcp.Rendering;
using Rlm.Mcp.Sessions.Functions;
using Rlm.Mcp.Tools;
using Rlm.Recursion;
using Rlm.Recursion.Context;
using Rlm.Recursion.Programs;
using SessionTool = Rlm.Recursion.Context.SessionTool;

namespace Rlm.Mcp.Sessions;

/// <summary>The store as sessions see it: everything through a scope. The only place where both halves of the program meet.</summary>
internal sealed partial class StoreContext : ISessionContext
{
    private const int MostDeclared = 20;

    private readonly Func<ContextStore> _store;
    private readonly ConditionalWeakTable<IReadOnlyList<IReadOnlyList<string>>, ResolvedScope> _resolved = [];

    public StoreContext(Func<ContextStore> store, IReadOnlyList<ITool> tools) => (_store, Tools, Functions) = (store, [.. tools.Select(tool => SessionTools.Of(tool))], new StoreFunctions(store, tools).All());

    public IReadOnlyList<SessionTool> Tools { get; }

    public IReadOnlyList<ProgramFunction> Functions { get; }

    public ScopeSize Size(ContextScope scope, CancellationToken cancellationToken)
    {
        var (store, snapshot, resolved) = Open(scope, cancellationToken);
        return new(resolved.Files.Length, resolved.Items is null ? resolved.Bytes : resolved.Files.ToArray().Sum(file => BytesOf(store, resolved, file, cancellationToken)), snapshot.Version);
    }

    public IReadOnlyList<string> Files(ContextScope scope, CancellationToken cancellationToken) => [.. Open(scope, cancellationToken).Scope.Files.ToArray().Select(file => file.Path.Value)];

    // Of a file of which only lines are in scope, those lines count.
    private static long BytesOf(ContextStore store, Scope scope, FileEntry file, CancellationToken cancellationToken)
    {
        if (scope.RangesOf(file.Path) is not { } ranges) return file.Stamp.Bytes;
        try
        {
            var text = store.Open(file.Path, cancellationToken);
            return Math.Min(file.Stamp.Bytes, ranges.Sum(range => (long)Encoding.UTF8.GetByteCount(text.Lines(range))));
        }
        catch (Exception unread) when (unread is ContextException or RootAccessException)
        {
            return file.Stamp.Bytes;
        }
    }

    public UnitList Units(ContextScope scope, UnitKind per, CancellationToken cancellationToken)
    {
        var (store, snapshot, resolved) = Open(scope, cancellationToken);
        return Asked(() =>
        {
            var units = new ScopeUnits(store, resolved, per, cancellationToken).All();
            return resolved.IsOfChanges ? new ChangeCallers(store, snapshot, WithoutChanges(store, snapshot, scope, cancellationToken), cancellationToken).Beside(units) : units;
        });
    }

    public string? Read(ContextScope scope, Unit unit, CancellationToken cancellationToken)
    {
        if (Slice(scope, unit.Handle, cancellationToken) is not { } slice || slice.Text.Lines(slice.Range) is var text && ContentHash.Of(text.AsSpan()) != slice.Hash) return null;
        return ScopeUnits.Numbered(slice.Text, slice.Range);
    }

    public string? Signatures(ContextScope scope, Unit unit, CancellationToken cancellationToken)
    {
        if (Slice(scope, unit.Handle, cancellationToken) is not { Text: WholeText text, IsChanged: false } slice) return null;
        return ScopeUnits.Declarations(text, Asked(() => _store().OutlineOf(text, cancellationToken)), slice.Range);
    }

    public IReadOnlyList<string> PairKeys(ContextScope scope, Unit unit, PairKey by, CancellationToken cancellationToken)
    {
        if (unit.Symbol is null || Slice(scope, unit.Handle, cancellationToken) is not { Text: WholeText text, IsChanged: false }) return [];
        var (store, snapshot, resolved) = Open(scope, cancellationToken);
        var path = unit.Symbol[(unit.Symbol.IndexOf('#', StringComparison.Ordinal) + 1)..];
        if (by == PairKey.Caller) return UnitKeys.Callers(store, snapshot, resolved, $"{text.Path.Value}#{path}", cancellationToken);
        var symbol = Asked(() => store.OutlineOf(text, cancellationToken)).All.FirstOrDefault(symbol => symbol.Path == path);
        return symbol is not null && UnitKeys.Signature(symbol) is { } signature ? [signature] : [];
    }

    public QuoteCheck Check(ContextScope scope, string handle, string quote, CancellationToken cancellationToken)
    {
        if (Slice(scope, handle, cancellationToken) is not { } slice) return QuoteCheck.False;
        var text = slice.Text.Lines(slice.Range);
        if (text.ReplaceLineEndings("\n").Contains(quote.ReplaceLineEndings("\n"), StringComparison.Ordinal)) return QuoteCheck.Exact;
        return WithoutSpace(quote) is { Length: > 0 } bare && WithoutSpace(text).Contains(bare, StringComparison.Ordinal) ? QuoteCheck.Whitespace : QuoteCheck.False;
    }

    // A handle whose text is another now (or never was what its author says) must not vouch for a quote that stands elsewhere in the file.
    public string PlaceOf(ContextScope scope, string handle, string quote, CancellationToken cancellationToken)
    {
        if (!Handle.TryParse(NameEscaping.Unescape(handle), out var parsed) || Slice(scope, handle, cancellationToken) is not { IsChanged: true } slice) return handle;
        return QuotePlace.Lines(slice.Text, slice.Range, quote, parsed.Value.Range.Start) is { } lines ? Handle.Of(slice.Text.Path, lines, slice.Text.Lines(lines)).ToString() : handle;
    }

    public (IReadOnlyList<Finding> Findings, Coverage Coverage) Rank(ContextScope scope, string question, int most, CancellationToken cancellationToken)
    {
        var (store, snapshot, resolved) = Open(scope, cancellationToken);
        var evidence = Asked(() => RankedSearch.Run(store, snapshot, question, resolved, most, null, cancellationToken));
        var judged = evidence.FilesIndexed + evidence.FilesScanned;
        store.Journal.Remember(evidence.Regions.Where(region => region.Symbol is not null).Select(region => (region.Handle, region.Symbol!.Path)));
        return ([.. evidence.Regions.Select(EvidenceAnswer.ToFinding)], new(resolved.Files.Length, judged, evidence.FilesUnread, resolved.Files.Length - judged - evidence.FilesUnread));
    }

    public string? AnswerExactly(ContextScope scope, string task, CancellationToken cancellationToken)
    {
        if (HowManyFiles().IsMatch(task.Trim()))
            return $"{Size(scope, cancellationToken).Files:N0} files: map() counts them by folder and language.";
        return WhereIs().Match(task.Trim()) is { Success: true } asked ? Declared(scope, asked.Groups["name"].Value, cancellationToken) : null;
    }

    // Null where nothing is declared under the name, or so much that it is no name of a thing.
    private string? Declared(ContextScope scope, string name, CancellationToken cancellationToken)
    {
        try
        {
            var (store, _, resolved) = Open(scope, cancellationToken);
            var found = store.Symbols.Find(name, resolved, cancellationToken).Where(symbol => resolved.Holds(symbol.Path, symbol.Symbol.Range)).Take(MostDeclared + 1).ToArray();
            if (found.Length is 0 or > MostDeclared) return null;
            var places = found.Select(symbol => string.Create(CultureInfo.InvariantCulture, $"{symbol.FullPath} [{symbol.Symbol.Kind}]: {symbol.Path.Value}:{symbol.Symbol.Range.Start}-{symbol.Symbol.Range.End}"));
            return string.Join('\n', places.Select(NameEscaping.Escape));
        }
        catch (ContextException)
        {
            return null;
        }
    }

    /// <summary>The files and lines of a scope, against a snapshot.</summary>
    /// <exception cref="ContextException">An expression is wrong.</exception>
    public static Scope Resolve(ContextStore store, Snapshot snapshot, IReadOnlyList<IReadOnlyList<string>> layers, CancellationToken cancellationToken) =>
        layers.Aggregate(ScopeResolver.All(snapshot), (scope, layer) => scope.Files.Span == snapshot.Files.AsSpan() && scope.Items is null
            ? store.Scopes.ResolveUnits(layer, snapshot, cancellationToken)
            : ScopeResolver.Narrow(store.Scopes.ResolveUnits(layer, snapshot, cancellationToken), scope));

    /// <summary>What targets name within a scope, against the present.</summary>
    /// <exception cref="RecursionException">One is wrong.</exception>
    public static Scope ResolveIn(ContextStore store, ContextScope scope, IReadOnlyList<string> targets, CancellationToken cancellationToken) =>
        Asked(() => Resolve(store, store.Current(null, cancellationToken), scope.Narrowed(targets).Layers, cancellationToken));

    // Callers of what changed may lie anywhere that the session would see, were it not about changes.
    private static Scope WithoutChanges(ContextStore store, Snapshot snapshot, ContextScope scope, CancellationToken cancellationToken) =>
        Resolve(store, snapshot, [.. scope.Layers.Where(layer => !store.Scopes.ResolveUnits(layer, snapshot, cancellationToken).IsOfChanges)], cancellationToken);

    private (ContextStore Store, Snapshot Snapshot, Scope Scope) Open(ContextScope scope, CancellationToken cancellationToken) => Asked(() =>
    {
        var store = _store();
        var snapshot = store.Current(null, cancellationToken);
        return (store, snapshot, Resolved(store, snapshot, scope, cancellationToken));
    });

    // A list of a thousand targets opens as many files, and each unit that is read or quoted asks again: once for a snapshot is enough.
    private Scope Resolved(ContextStore store, Snapshot snapshot, ContextScope scope, CancellationToken cancellationToken)
    {
        if (_resolved.TryGetValue(scope.Layers, out var known) && ReferenceEquals(known.Snapshot, snapshot)) return known.Scope;
        var resolved = Resolve(store, snapshot, scope.Layers, cancellationToken);
        _resolved.AddOrUpdate(scope.Layers, new(snapshot, resolved));
        return resolved;
    }

    // The lines that a handle names, or a path with or without lines; null when they are not there or not in scope.
    private (OpenText Text, LineRange Range, string? Hash, bool IsChanged)? Slice(ContextScope scope, string handle, CancellationToken cancellationToken)
    {
        try
        {
            var (store, snapshot, resolved) = Open(scope, cancellationToken);
            var isHandle = Handle.TryParse(NameEscaping.Unescape(handle), out var parsed);
            if (isHandle && snapshot.Find(parsed!.Value.Path) is not null)
            {
                var (path, range, hash) = parsed.Value;
                if (!resolved.Holds(path, range)) return null;
                var text = store.Open(path, cancellationToken);
                // Lines that were changed since: the quote may still stand in the file.
                if (range.End > text.LineCount || ContentHash.Of(text.Lines(range).AsSpan()) != hash) return resolved.Holds(path, text.All) ? (text, text.All, hash, true) : null;
                return (text, range, hash, false);
            }
            var target = store.Targets.Resolve(handle, snapshot, cancellationToken)[0];
            return resolved.Holds(target.Text.Path, target.Range) ? (target.Text, target.Range, null, false) : null;
        }
        catch (Exception gone) when (gone is ContextException or RecursionException or RootAccessException)
        {
            return null;
        }
    }

    private static T Asked<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (ContextException fault)
        {
            var told = ToolErrors.Told(fault);
            throw new RecursionException(told.Code, told.Asked, told.Next ?? "map() shows what is there.");
        }
    }

    private sealed record ResolvedScope(Snapshot Snapshot, Scope Scope);

    private static string WithoutSpace(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));

    [GeneratedRegex(@"^(where (is|are) (the )?((class|struct|record|interface|enum|delegate|type|method|function|constructor|property|field|event|symbol) )?[`'""]?(?<name>[\p{L}_]\w*(\.\w+)*)[`'""]? (defined|declared)|(find|show( me)?) the (definition|declaration) of [`'""]?(?<name>[\p{L}_]\w*(\.\w+)*)[`'""]?)\s*[.?]?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WhereIs();

    [GeneratedRegex(@"^how many files( are (there|in scope|in this (repository|repo|codebase)))?( in (this|the) (repository|repo|codebase|scope))?\??$", RegexOptions.IgnoreCase)]
    private static partial Regex HowManyFiles();
}
