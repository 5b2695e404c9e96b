using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Leaves;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>
/// Completes handles that were found in the text of a result. There a name with a space, bracket, comma or quote in it is found from there on only, and invisible characters stand as they were shown.
/// A name is completed where one file in scope ends so, and its text is what the handle says: never by its likeness alone.
/// </summary>
internal sealed class WholeNames
{
    private static readonly System.Buffers.SearchValues<char> Breaks = System.Buffers.SearchValues.Create(" \t,;()[]\"'");

    private readonly HashSet<string> _files;
    private readonly ILookup<string, string> _odd;
    private readonly ISessionContext? _context;
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    public WholeNames(IReadOnlyList<string> files, ISessionContext? context)
    {
        (_files, _context) = (files.ToHashSet(StringComparer.Ordinal), context);
        _odd = files.SelectMany(Shown).ToLookup(pair => pair.Shown, pair => pair.File, StringComparer.Ordinal);
    }

    /// <summary>The handle with its whole name, or as it is.</summary>
    public string Of(string handle, ContextScope scope, CancellationToken cancellationToken)
    {
        var place = Place.Of(handle);
        if (_context is null || _files.Contains(place.Path) || !_odd.Contains(place.Path)) return handle;
        if (_known.TryGetValue(handle, out var whole)) return whole;
        var fits = _odd[place.Path].Distinct(StringComparer.Ordinal).Select(file => file + handle[place.Path.Length..]).Where(full => Stands(full, scope, cancellationToken)).Take(2).ToArray();
        return _known[handle] = fits.Length == 1 ? fits[0] : handle;
    }

    private bool Stands(string handle, ContextScope scope, CancellationToken cancellationToken)
    {
        try
        {
            return _context!.Read(scope, new(handle, null, 0), cancellationToken) is not null;
        }
        catch (RecursionException)
        {
            return false;
        }
    }

    // What may be found of a name: it as it is shown, and what stands behind its last break.
    private static IEnumerable<(string Shown, string File)> Shown(string file)
    {
        var shown = Html.Visible(file);
        if (shown != file) yield return (shown, file);
        var at = shown.AsSpan().LastIndexOfAny(Breaks);
        if (at >= 0) yield return (shown[(at + 1)..], file);
    }
}
