using System.Collections.Concurrent;
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
    private readonly ContextStore _store;
    private readonly IndexView _view;
    private readonly ScopeFiles _places;
    private readonly Scope _scope;

    private NameTable(ContextStore store, IndexView view, Scope scope)
    {
        (_store, _view, _scope, _places) = (store, view, scope, ScopeFiles.Of(view, scope));
        Unknown = [.. Enumerable.Range(0, scope.Files.Length).Where(place => !scope.Files.Span[place].IsLarge && !IsKnown(_places.InSnapshot(place)))];
    }

    /// <summary>Places in the scope of files whose symbols it does not know.</summary>
    public int[] Unknown { get; }

    /// <summary>The table for a scope; null without an index.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public static NameTable? Of(ContextStore store, Scope scope) => store.CurrentView() is { } view ? new(store, view, scope) : null;

    /// <summary>All symbols whose name scores at least so much, in no order.</summary>
    /// <param name="letters">What every name must pass.</param>
    /// <param name="score">Of a name; below <paramref name="least"/> it is not looked at further.</param>
    /// <param name="least">The lowest score that counts.</param>
    /// <param name="rescore">Of the symbol itself, where the name alone does not tell; null where it does.</param>
    /// <param name="cancellationToken">Checked now and then.</param>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public IEnumerable<SymbolHit> Find(LetterFilter letters, Func<string, int> score, int least, Func<Symbol, int>? rescore, CancellationToken cancellationToken)
    {
        var names = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        _view.Engine.ScanNames(letters.Passes, (found, _) =>
        {
            if (!names.ContainsKey(found) && score(found) is var fits && fits >= least) names[found] = fits;
        }, cancellationToken);
        var hits = new ConcurrentBag<SymbolHit>();
        var ordered = names.ToArray();
        ParallelFiles.Run(ordered.Length, null, "", cancellationToken, () => 0, (at, _) =>
        {
            foreach (var hit in Named(ordered[at].Key, ordered[at].Value))
                if (rescore is null) hits.Add(hit);
                else if (rescore(hit.Symbol) is var better && better >= least) hits.Add(new(hit.File, hit.Ordinal, hit.Name, better, hit.Symbol));
        });
        return hits;
    }

    /// <summary>All symbols with exactly this name.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public IEnumerable<SymbolHit> Named(string name, int score)
    {
        foreach (var place in _view.Engine.SymbolsNamed(name))
        {
            if (place.Content >= _view.Outlined.ContentsEnd) continue; // removed
            var files = _view.Outlined.FilesOf(place.Content).ToArray();
            foreach (var file in files)
                if (_places.InScope(file) >= 0 && HitIn(file, place.Ordinal, name, score) is { } hit) yield return hit;
        }
    }

    /// <summary>Files of the scope with a symbol of this name, also as the last part of a longer one (<c>IFoo.Bar</c>).</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public IReadOnlyList<FileEntry> FilesWithNamesEndingIn(string name, CancellationToken cancellationToken)
    {
        var ending = Encoding.UTF8.GetBytes(name);
        var names = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        _view.Engine.ScanNames(found => found.EndsWith(ending) && (found.Length == ending.Length || found[^(ending.Length + 1)] is (byte)'.' or (byte)'/'), (found, _) => names[found] = true, cancellationToken);
        return [.. names.Keys.SelectMany(found => Named(found, 0)).Select(hit => hit.File).DistinctBy(file => file.Path)];
    }

    private SymbolHit? HitIn(int file, int ordinal, string name, int score)
    {
        var entry = _view.Snapshot.Files[file];
        var hit = new SymbolHit(entry, ordinal, name, score, number => SymbolAt(file, number));
        return _scope.RangesOf(entry.Path) is { } ranges && !ranges.Any(range => range.Contains(hit.Symbol.NameLine)) ? null : hit;
    }

    private Symbol SymbolAt(int file, int ordinal) =>
        _store.OutlineOf(_view, file) is { } outline && outline.All.Skip(ordinal).FirstOrDefault() is { } symbol ? symbol : throw new IndexDamagedException("an outline has not the symbols that it should");

    private bool IsKnown(int file) => file >= 0 && _view.Outlined.ContentOf(file) >= 0;
}
