using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Scopes;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Search;

/// <summary>
/// The files of a scope that must be looked at for a pattern, or the parts of them: those that the index cannot rule out and those that it does not know in their present version.
/// Without an index, all.
/// </summary>
internal sealed class CandidateFiles
{
    private readonly IndexView? _view;

    private CandidateFiles(List<Candidate> files, IndexView? view, long bytes) => (Files, _view, Bytes) = (files, view, bytes);

    /// <summary>In the order of the scope, each file once.</summary>
    public List<Candidate> Files { get; }

    /// <summary>About how much there is to look through.</summary>
    public long Bytes { get; }

    /// <summary>All files of a scope, to be read from disk.</summary>
    public static CandidateFiles All(Scope scope) => new([.. Enumerable.Range(0, scope.Files.Length).Select(place => new Candidate(place, []))], null, scope.Bytes);

    /// <summary>Asks the index.</summary>
    /// <exception cref="IndexDamagedException">It is damaged.</exception>
    public static CandidateFiles Of(IndexView view, TextQuery query, Scope scope)
    {
        var places = ScopeFiles.Of(view, scope);
        var plan = TrigramPlanner.Plan(query);
        var isOpen = plan.Kind == TrigramQueryKind.All;
        var found = isOpen ? [] : Found(view, places, view.Engine.Candidates(plan));
        var files = new List<Candidate>(found.Count);
        long bytes = 0;
        for (var place = 0; place < scope.Files.Length; place++)
        {
            var file = places.InSnapshot(place);
            var known = file < 0 ? [] : view.DocumentsOf(file);
            if (known.IsEmpty) files.Add(new(place, []));
            else if (isOpen) files.Add(new(place, known.ToArray()));
            else if (found.TryGetValue(place, out var documents)) files.Add(new(place, [.. documents]));
            else continue;
            bytes += known.Length > 1 ? files[^1].Documents.Length * (long)FileParts.PartBytes : scope.Files.Span[place].Stamp.Bytes;
        }
        return new(files, view, bytes);
    }

    /// <summary>The bytes of a file or part as the index keeps them; false when it does not: then read the file.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    public bool TryRead(int document, ref byte[] buffer, out int length) => _view!.Engine.TryRead(document, ref buffer, out length);

    // Ids ascend, and so do the parts of one file as far as they came in one go; their order does not matter for counting.
    private static Dictionary<int, List<int>> Found(IndexView view, ScopeFiles places, int[] documents)
    {
        var found = new Dictionary<int, List<int>>(documents.Length);
        foreach (var document in documents)
        {
            if (view.FileOf(document) is not (>= 0 and var file) || places.InScope(file) is not (>= 0 and var place)) continue;
            if (!found.TryGetValue(place, out var ofFile)) found[place] = ofFile = new(1);
            ofFile.Add(document);
        }
        return found;
    }
}

/// <summary>A file that may match.</summary>
/// <param name="Place">Its place in the scope.</param>
/// <param name="Documents">The index's ids of it, or of the parts that may match; none when it is to be read from disk.</param>
internal readonly record struct Candidate(int Place, int[] Documents);
