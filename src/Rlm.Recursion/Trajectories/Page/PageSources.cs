using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Leaves;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>
/// What was read, by file. A recording names slices by handles, which hold a hash of their text; the text is read anew when the page is written, and shown only while it is the same.
/// What claims quote comes first when there is not room for all.
/// </summary>
internal sealed class PageSources
{
    /// <summary>Slices whose text is looked for: each takes the reading of a file.</summary>
    private const int MostRead = 6_000;

    private readonly Dictionary<string, PageSlice> _slices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    private PageSources(IEnumerable<PageSlice> slices)
    {
        foreach (var slice in slices) _slices[slice.Handle] = slice;
        Files = [.. _slices.Values.GroupBy(slice => slice.Place.Path, StringComparer.Ordinal).OrderBy(file => file.Key, StringComparer.Ordinal).Select((file, at) => new PageFile(at + 1, file.Key, [.. file.OrderBy(slice => slice.Place.First).ThenByDescending(slice => slice.Place.Last)]))];
        foreach (var file in Files) _numbers[file.Path] = file.Number;
    }

    /// <summary>By path.</summary>
    public IReadOnlyList<PageFile> Files { get; }

    /// <summary>The slice of a handle; null when it was not recorded as read.</summary>
    public PageSlice? Find(string handle) => _slices.GetValueOrDefault(handle);

    /// <summary>Where on the page a handle stands, or a line of it; null when nowhere.</summary>
    public string? Anchor(string handle, int? line = null)
    {
        if (Find(handle) is not { } slice) return null;
        var number = _numbers[slice.Place.Path];
        if (slice.Lines is null) return PageFile.Anchor(number);
        if (line is { } own) Files[number - 1].Cited.Add(own);
        return PageFile.Anchor(number, line ?? slice.Place.First);
    }

    /// <summary>Where on the page a file stands; null when nowhere.</summary>
    public string? FileAnchor(string path) => _numbers.TryGetValue(path, out var number) ? PageFile.Anchor(number) : null;

    /// <summary>The line on which a quote begins within the lines of a handle; null when it is not on the page.</summary>
    public int? LineOf(string handle, string quote)
    {
        if (Find(handle) is not { Lines: { } lines } slice || quote.Length == 0) return null;
        var first = quote.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0);
        if (first is null) return null;
        for (var at = 0; at < lines.Count; at++)
            if (lines[at].Contains(first, StringComparison.Ordinal)) return slice.Place.First + at;
        return null;
    }

    /// <summary>Finds and reads all slices of a tree.</summary>
    public static PageSources Of(PageSession root, ISessionContext? context, SliceTexts texts, PageCuts cuts, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, (PageSlice Slice, ContextScope Scope)>(StringComparer.Ordinal);
        PageSlice Slice(PageSession session, string handle)
        {
            if (!found.TryGetValue(handle, out var known)) found[handle] = known = (new(handle, Place.Of(handle)), session.State.Scope);
            return known.Slice;
        }
        foreach (var session in root.All)
        {
            foreach (var handle in session.Entries.SelectMany(entry => entry.Handles)) Slice(session, handle).Readers.Add(session.Number);
            foreach (var finding in session.State.Findings)
            {
                if (Place.Of(finding.Unit).Last != int.MaxValue) Slice(session, finding.Unit);
                foreach (var citation in finding.Citations.Where(citation => citation.Checked is not QuoteCheck.False)) Slice(session, citation.Handle).IsCited = true;
            }
        }
        return new(Read([.. found.Values.OrderByDescending(slice => slice.Slice.IsCited)], context, texts, cuts, cancellationToken));
    }

    private static IEnumerable<PageSlice> Read(IReadOnlyList<(PageSlice, ContextScope)> slices, ISessionContext? context, SliceTexts texts, PageCuts cuts, CancellationToken cancellationToken)
    {
        long characters = 0, reads = 0;
        foreach (var (slice, scope) in slices)
        {
            if (context is null || slice.Place.Last == int.MaxValue || !slice.Handle.Contains('@', StringComparison.Ordinal))
            {
                yield return slice with { Why = "recorded without the hash of its text, so what stands there now may be another" };
                continue;
            }
            if (characters > PageCuts.AllSource || ++reads > MostRead)
            {
                cuts.Note("slices without their source, because the page holds 2,000,000 characters of it");
                yield return slice with { Why = "left out: the page is full" };
                continue;
            }
            var text = texts.Of(context, scope, slice.Handle, cancellationToken);
            characters += text?.Lines.Sum(line => (long)line.Length + 1) ?? 0;
            if (text is null) cuts.Note("slices without their source, because it has changed or is gone since it was read");
            yield return slice with { Lines = text?.Lines, IsMasked = text?.IsMasked == true, Why = text is null ? "changed or gone since it was read, so it is not shown" : null };
        }
    }
}
