using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;
using Rlm.Context.Search.Ranking;

namespace Rlm.Context.Search;

/// <summary>A type that a file declares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="Mentions">In how many structural units its name occurs; 0 where there is no index to count by. For ordering: of types of one name, each has the count of all.</param>
public readonly record struct DeclaredType(string Name, int Lines, int Mentions);

/// <summary>
/// The types that files declare and how often they are mentioned. What the index has outlined is looked at once for each content and kept; other files are outlined now, as long as
/// that is quick.
/// </summary>
public sealed class DeclaredTypes
{
    private const int MostRead = 8_000;
    private const long MostOutlined = 8_000_000;

    private readonly ContextStore _store;
    private readonly ConcurrentDictionary<UInt128, DeclaredType[]> _kept = new();

    // What is known of the files of a view, for as long as that is in use.
    private readonly ConditionalWeakTable<IndexView, DeclaredType[]?[]> _ofViews = [];

    internal DeclaredTypes(ContextStore store) => _store = store;

    /// <summary>The types of each file, in the order of the files; null when that would take long: 8 MB of code that is not outlined yet, or 8,000 outlines to be read.</summary>
    public IReadOnlyList<DeclaredType>[]? Of(ReadOnlyMemory<FileEntry> files, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return Of(_store.CurrentView(), files, progress, cancellationToken);
        }
        catch (IndexDamagedException)
        {
            _store.Index.Distrust();
            return Of(null, files, progress, cancellationToken);
        }
    }

    /// <summary>Looks at everything that the index has outlined, in the background.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    internal void Prepare(IndexView view, CancellationToken cancellationToken)
    {
        for (var file = 0; file < view.Snapshot.Files.Length; file++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ForegroundGate.StepAside(cancellationToken);
            if (IsCode(view.Snapshot.Files[file]) && KeyOf(view, file) is { } key) Known(view, file, key);
        }
    }

    private IReadOnlyList<DeclaredType>[]? Of(IndexView? view, ReadOnlyMemory<FileEntry> files, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        var places = view is null ? null : ScopeFiles.Of(view, new Scope(files, null, null, default));
        var kept = view is null ? [] : _ofViews.GetValue(view, made => new DeclaredType[]?[made.Snapshot.Files.Length]);
        var types = new IReadOnlyList<DeclaredType>[files.Length];
        var missing = new List<int>();
        long outlined = 0, read = 0;
        for (var at = 0; at < files.Length; at++)
        {
            var file = places?.InSnapshot(at) ?? -1;
            if (file >= 0 && kept[file] is { } known) types[at] = known;
            else if (!IsCode(files.Span[at])) types[at] = [];
            else
            {
                missing.Add(at);
                if (KeyOf(view, file) is not { } key) outlined += files.Span[at].Stamp.Bytes;
                else if (!_kept.ContainsKey(key)) read++;
            }
        }
        if (outlined > MostOutlined || read > MostRead) return null;
        var ahead = new OutlinesAhead(_store, missing.ConvertAll(at => files.Span[at]), cancellationToken);
        ParallelFiles.Run(missing.Count, progress, "outlining", cancellationToken, () => 0, (index, _) =>
        {
            ahead.At(index);
            var at = missing[index];
            var file = places?.InSnapshot(at) ?? -1;
            types[at] = KeyOf(view, file) is { } key ? kept[file] = Known(view!, file, key) : Types(_store.Symbols.SymbolsOf(files.Span[at], cancellationToken), view);
        });
        return types;
    }

    private DeclaredType[] Known(IndexView view, int file, UInt128 key) =>
        _kept.GetOrAdd(key, _ => Types(StoredOutlines.Read(view, view.Outlined.ContentOf(file)).All, view));

    private static DeclaredType[] Types(IEnumerable<Symbol> symbols, IndexView? view) =>
        [.. symbols.Where(symbol => symbol.IsType).Select(symbol => new DeclaredType(symbol.Name, symbol.Range.Count, view?.Engine.UnitsWith(TermHash.OfName(symbol.Name)) ?? 0))];

    private static UInt128? KeyOf(IndexView? view, int file) => view is not null && file >= 0 && view.Outlined.ContentOf(file) >= 0 ? view.KeyOf(file) : null;

    private static bool IsCode(FileEntry file) =>
        !file.IsLarge && file.Language is not ("text" or "markdown" or "json" or "yaml" or "xml" or "csv" or "log" or "html" or "css" or "toml" or "ini");
}
