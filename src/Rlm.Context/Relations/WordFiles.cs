using Rlm.Context.Files;
using Rlm.Context.Index;
using Rlm.Context.Scopes;
using Rlm.Context.Search;

namespace Rlm.Context.Relations;

/// <summary>Which files of a scope hold a word, as far as could be found out in time.</summary>
/// <param name="Files">Files with it, in path order, and how many of their lines have it.</param>
/// <param name="Unseen">Files that may hold it and were not looked at.</param>
/// <param name="Faults">Files that could not be read.</param>
internal sealed record WordFiles(IReadOnlyList<(FileEntry File, int Lines)> Files, int Unseen, int Faults)
{
    /// <summary>Looks through the files that the index cannot rule out, in parallel.</summary>
    public static WordFiles Of(ContextStore store, string word, Scope scope, Func<bool> isOver, CancellationToken cancellationToken)
    {
        var query = new TextQuery(word, PatternKind.Word, PatternCase.Sensitive);
        try
        {
            if (store.CurrentView() is { } view) return Look(store, query, CandidateFiles.Of(view, query, scope), scope, isOver, cancellationToken);
        }
        catch (IndexDamagedException)
        {
            store.Index.Distrust();
        }
        return Look(store, query, CandidateFiles.All(scope), scope, isOver, cancellationToken);
    }

    private static WordFiles Look(ContextStore store, TextQuery query, CandidateFiles candidates, Scope scope, Func<bool> isOver, CancellationToken cancellationToken)
    {
        var matcher = TextMatcher.Compile(query, candidates.Bytes);
        var lines = new int[scope.Files.Length];
        int unseen = 0, faults = 0;
        ParallelFiles.Run(candidates.Files.Count, null, "", cancellationToken, () => new ScanBuffers(), (index, buffers) =>
        {
            if (isOver())
            {
                Interlocked.Increment(ref unseen);
                return;
            }
            var candidate = candidates.Files[index];
            var file = scope.Files.Span[candidate.Place];
            try
            {
                lines[candidate.Place] = file.IsLarge || scope.RangesOf(file.Path) is not null ? store.FindLines(file, matcher, scope.RangesOf(file.Path), cancellationToken).Count : Count(store, matcher, candidates, candidate, file, buffers, cancellationToken);
            }
            catch (Exception gone) when (gone is RootAccessException { Fault: not RootAccessFault.Denied } or ContextException)
            {
                // Deleted or replaced since the walk: it is not covered any more.
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                Interlocked.Increment(ref faults);
            }
        });
        return new([.. Enumerable.Range(0, lines.Length).Where(place => lines[place] > 0).Select(place => (scope.Files.Span[place], lines[place]))], unseen, faults);
    }

    private static int Count(ContextStore store, TextMatcher matcher, CandidateFiles candidates, Candidate candidate, FileEntry file, ScanBuffers buffers, CancellationToken cancellationToken)
    {
        var lines = 0;
        foreach (var document in candidate.Documents)
        {
            if (!candidates.TryRead(document, ref buffers.Bytes, out var length)) return matcher.CountLines(buffers.Read(store.Reader, file.Path), ref buffers.Characters, cancellationToken);
            lines += matcher.CountLines(buffers.Bytes.AsSpan(0, length), ref buffers.Characters, cancellationToken);
        }
        return candidate.Documents.Length > 0 ? lines : matcher.CountLines(buffers.Read(store.Reader, file.Path), ref buffers.Characters, cancellationToken);
    }
}
