using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Scopes;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Search;

/// <summary>
/// The files of a scope that must be looked at for a pattern: those that the index cannot rule out and those that it does not know in their present version.
/// Without an index, all.
/// </summary>
internal sealed class CandidateFiles
{
    private readonly IndexView? _view;
    private readonly ScopeFiles? _places;

    private CandidateFiles(int[] files, IndexView? view, ScopeFiles? places) => (Files, _view, _places) = (files, view, places);

    /// <summary>Places in the scope's files, ascending.</summary>
    public int[] Files { get; }

    /// <summary>All files of a scope, to be read from disk.</summary>
    public static CandidateFiles All(Scope scope) => new([.. Enumerable.Range(0, scope.Files.Length)], null, null);

    /// <summary>Asks the index.</summary>
    /// <exception cref="IndexDamagedException">It is damaged.</exception>
    public static CandidateFiles Of(IndexView view, TextQuery query, Scope scope)
    {
        var places = ScopeFiles.Of(view, scope);
        var plan = TrigramPlanner.Plan(query);
        if (plan.Kind == TrigramQueryKind.All) return new([.. Enumerable.Range(0, scope.Files.Length)], view, places);
        var found = new List<int>();
        foreach (var document in view.Engine.Candidates(plan))
            if (view.FileOf(document) is var file and >= 0 && places.InScope(file) is var place and >= 0) found.Add(place);
        for (var place = 0; place < scope.Files.Length; place++)
            if (places.InSnapshot(place) is var file && (file < 0 || view.DocumentOf(file) < 0)) found.Add(place);
        found.Sort();
        return new([.. found], view, places);
    }

    /// <summary>The bytes of a file as the index keeps them; false when it does not: then read the file.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public bool TryRead(int place, ref byte[] buffer, out int length)
    {
        length = 0;
        return _view is not null && _places!.InSnapshot(place) is var file and >= 0 && _view.DocumentOf(file) is var document and >= 0 && _view.Engine.TryRead(document, ref buffer, out length);
    }
}
