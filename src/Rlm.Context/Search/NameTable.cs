using System.Text;
using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;

namespace Rlm.Context.Search;

/// <summary>
/// Symbols by the names that the index keeps. It knows the files of a scope that are outlined there; the others are in <see cref="Unknown"/> and have to be outlined now.
/// </summary>
internal sealed class NameTable
{
    private readonly IndexView _view;
    private readonly ScopeFiles _places;
    private readonly Scope _scope;
    private readonly ContentSymbols _symbols;

    private NameTable(IndexView view, Scope scope)
    {
        (_view, _scope, _places, _symbols) = (view, scope, ScopeFiles.Of(view, scope), view.Symbols);
        // A part of the snapshot is told by the few files that lack an outline; else every file of the scope is looked at.
        Unknown = _places.IsStretch ? [.. view.Outlined.Missing.Select(_places.InScope).Where(place => place >= 0)]
            : [.. Enumerable.Range(0, scope.Files.Length).Where(place => !scope.Files.Span[place].IsLarge && !IsKnown(_places.InSnapshot(place)))];
    }

    /// <summary>Places in the scope of files whose symbols it does not know, ascending.</summary>
    public int[] Unknown { get; }

    /// <summary>The table for a scope; null without an index.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public static NameTable? Of(ContextStore store, Scope scope) => store.CurrentView() is { } view ? new(view, scope) : null;

    /// <summary>All names that pass, each once, in no order. Time: a look at every name.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public IReadOnlyCollection<string> Names(NameFilter passes, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        _view.Engine.ScanNames(passes, (found, _) => names.Add(found), cancellationToken);
        return names;
    }

    /// <summary>The symbols with a name, wherever a file of the scope has them.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public IEnumerable<NamedSymbol> Named(string name, int score) =>
        _view.Engine.SymbolsNamed(name).Where(place => IsInScope(place.Content)).Select(place => new NamedSymbol(name, score, place.Content, place.Ordinal));

    /// <summary>Scores symbols anew, each by itself: for where the name alone does not tell. Each outline is read once.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public List<NamedSymbol> Rescored(IEnumerable<NamedSymbol> symbols, Func<Symbol, int> score, CancellationToken cancellationToken)
    {
        var scored = new List<NamedSymbol>();
        Read(symbols, (found, outline) =>
        {
            if (score(ContentSymbols.Of(outline, found.Ordinal)) is not (> 0 and var better)) return;
            lock (scored) scored.Add(found with { Score = better });
        }, () => false, cancellationToken);
        return scored;
    }

    /// <summary>The hits that symbols are: one for each file of the scope that has them.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public IEnumerable<SymbolHit> Hits(IEnumerable<NamedSymbol> symbols)
    {
        foreach (var found in symbols)
            foreach (var file in FilesOf(found.Content))
            {
                var hit = new SymbolHit(file, found.Ordinal, found.Name, found.Score, number => _symbols.At(found.Content, number));
                if (_scope.RangesOf(file.Path) is not { } ranges || ranges.Any(range => range.Contains(hit.Symbol.NameLine))) yield return hit;
            }
    }

    /// <summary>The files of the scope with a content, in path order.</summary>
    public IEnumerable<FileEntry> FilesOf(int content)
    {
        var files = _view.Outlined.FilesOf(content).ToArray();
        return files.Where(file => _places.InScope(file) >= 0).Select(file => _view.Snapshot.Files[file]);
    }

    /// <summary>Reads symbols, each outline once, on all cores and in no order.</summary>
    /// <param name="symbols">Which.</param>
    /// <param name="found">Called from several threads, with the outline that has the symbol.</param>
    /// <param name="isEnough">Whether the rest may be left out; asked before each outline.</param>
    /// <param name="cancellationToken">Stops between outlines.</param>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public void Read(IEnumerable<NamedSymbol> symbols, Action<NamedSymbol, StoredSymbols> found, Func<bool> isEnough, CancellationToken cancellationToken)
    {
        var contents = symbols.GroupBy(symbol => symbol.Content).ToArray();
        ParallelFiles.Run(contents.Length, null, "", cancellationToken, () => 0, (at, _) =>
        {
            if (isEnough()) return;
            var outline = _symbols.Read(contents[at].Key);
            foreach (var symbol in contents[at]) found(symbol, outline);
        });
    }

    /// <summary>The symbols with this name, also as the last part of a longer one (<c>IFoo.Bar</c>, <c>Foo::bar</c>), and with a number behind that looks like a path's (<c>Bar~2</c>).</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public List<NamedSymbol> EndingIn(string name, CancellationToken cancellationToken)
    {
        var ending = Encoding.UTF8.GetBytes(name);
        return [.. Names(found => EndsIn(found, ending) || EndsIn(WithoutNumber(found), ending), cancellationToken).SelectMany(found => Named(found, 0))];
    }

    private static bool EndsIn(ReadOnlySpan<byte> name, ReadOnlySpan<byte> ending) =>
        name.EndsWith(ending) && (name.Length == ending.Length || name[^(ending.Length + 1)] is (byte)'.' or (byte)'/' or (byte)':' or (byte)'\\');

    private static ReadOnlySpan<byte> WithoutNumber(ReadOnlySpan<byte> name) => name.TrimEnd("0123456789"u8) is [.. var before, (byte)'~'] ? before : name;

    private bool IsInScope(int content)
    {
        if (content >= _view.Outlined.ContentsEnd) return false; // removed
        foreach (var file in _view.Outlined.FilesOf(content))
            if (_places.InScope(file) >= 0) return true;
        return false;
    }

    private bool IsKnown(int file) => file >= 0 && _view.Outlined.ContentOf(file) >= 0;
}

/// <summary>A symbol of the index, by its name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Score">How well it fits, 1 to 100.</param>
/// <param name="Content">The content that has it.</param>
/// <param name="Ordinal">Its number in the content's outline.</param>
internal readonly record struct NamedSymbol(string Name, int Score, int Content, int Ordinal);
