namespace Rlm.Recursion.Trajectories.Page;

/// <summary>Every slice that was read, by file, with its lines where they still stand as they were read.</summary>
internal static class SourcesPart
{
    private const int Fold = 200, MostSlices = 200;

    public static void Write(Html html, PageModel page)
    {
        var files = page.Sources.Files;
        html.Add($"""<section id="sources" aria-labelledby="sources-h"><h2 id="sources-h">Sources <span class="n">{PageParts.Count(files.Count, "file")}</span></h2>""");
        if (files.Count == 0) html.Add($"<p>Nothing was read.</p>");
        else html.Add($"""<p class="dim">Every slice that a session was shown or a claim quotes. The recording names them by a hash of their text; the text itself was read from the repository when this page was written, and stands here only where that hash is still right. Secrets are masked.</p>""");
        for (var at = 0; at < files.Count; at += Fold)
        {
            var some = files.Skip(at).Take(Fold).ToArray();
            if (files.Count > Fold) html.Add($"""<details id="f-{at}"><summary>{at + 1:N0} to {at + some.Length:N0}: <span class="path">{some[0].Path}</span> …</summary>""");
            foreach (var file in some) File(html, page, file);
            if (files.Count > Fold) html.Add($"</details>");
        }
        html.Add($"</section>");
    }

    private static void File(Html html, PageModel page, PageFile file)
    {
        var lines = file.Lines();
        var lost = file.Slices.Count(slice => slice.Lines is null);
        html.Add($"""<details class="source" id="{PageFile.Anchor(file.Number)}"><summary><span class="path">{file.Path}</span><span class="figures">{PageParts.Count(file.Slices.Count, "slice")} · {PageParts.Count(lines.Count, "line")} shown{(lost > 0 ? $" · {lost.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} not shown" : "")}</span></summary>""");
        Slices(html, page, file);
        if (lines.Count > 0) Lines(html, file, lines);
        html.Add($"</details>");
    }

    private static void Slices(Html html, PageModel page, PageFile file)
    {
        html.Add($"""<ul class="slices">""");
        foreach (var slice in file.Slices.Take(MostSlices))
        {
            html.Add($"""<li><span class="path">{Place(slice)}</span>{(slice.IsCited ? " quoted," : "")} """);
            if (slice.Readers.Count == 0) html.Add($"not shown to a session as such");
            else html.Add($"read by {Readers(page, slice)}");
            if (slice.Why is { } why) html.Add($""" <span class="warn">{why}</span>""");
            html.Add($"</li>");
        }
        if (file.Slices.Count > MostSlices) html.Add($"""<li class="cut">and {file.Slices.Count - MostSlices:N0} more slices, whose lines are below</li>""");
        html.Add($"</ul>");
    }

    private static string Place(PageSlice slice) => slice.Place.Last == int.MaxValue ? slice.Handle : slice.Place.First == slice.Place.Last
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {slice.Place.First}") : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"lines {slice.Place.First}–{slice.Place.Last}");

    private static Markup Readers(PageModel page, PageSlice slice)
    {
        var html = new Html();
        foreach (var (number, at) in slice.Readers.Take(8).Select((number, at) => (number, at))) html.Add($"""{(at == 0 ? "" : ", ")}<a href="#{page.Sessions[number - 1].Anchor}">session {number}</a>""");
        if (slice.Readers.Count > 8) html.Add($" and {slice.Readers.Count - 8:N0} more");
        return new(html.ToString());
    }

    // Lines that are linked to have anchors; gaps are seen as such.
    private static void Lines(Html html, PageFile file, SortedDictionary<int, string> lines)
    {
        var starts = file.Slices.Where(slice => slice.Lines is not null).Select(slice => slice.Place.First).ToHashSet();
        var before = 0;
        html.Add($"""<pre class="code" tabindex="0" role="region" aria-label="{file.Path}">""");
        foreach (var (number, text) in lines)
        {
            if (before > 0 && number > before + 1) html.Add($"""<span class="gap">{number - before - 1:N0} lines not read</span>""");
            before = number;
            var isCited = file.Cited.Contains(number);
            html.Add($"""<span class="l{(isCited ? " cited" : "")}" """);
            if (isCited || starts.Contains(number)) html.Add($"id=\"{PageFile.Anchor(file.Number, number)}\"");
            html.Add($"""><i>{number}</i>{text}""");
            html.Add($"\n</span>");
        }
        html.Add($"</pre>");
    }
}
