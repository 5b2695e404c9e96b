using System.Globalization;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>The map of the repository: folders with a bar each, files below them.</summary>
internal static class CoveragePart
{
    private const int MostFolders = 800, MostFiles = 4_000, FilesOfAFolder = 60;
    private static readonly string[] Names = ["missed", "judged", "read", "unread", "gone"];
    private static readonly string[] Words = ["with a part that has no valid answer", "judged", "read", "not opened", "read, not in scope any more"];

    public static void Write(Html html, PageModel page)
    {
        var coverage = page.Root.State.Coverage;
        html.Add($"""<section id="coverage" aria-labelledby="coverage-h"><h2 id="coverage-h">Coverage</h2>""");
        html.Add($"""<p>The session counts {PageParts.Count(coverage.Units, "unit")} = {coverage.Judged:N0} judged + {coverage.Failed:N0} failed + {coverage.Skipped:N0} skipped.""");
        if (page.Root.State.BackEnd == "host") html.Add($" Host-reported: what the client's sub-agents read outside their sessions is not seen here.");
        html.Add($"</p>");
        Reasons(html, page);
        html.Add($"""<p>The map counts <em>files</em> of the whole tree of sessions, against what is in scope now ({PageParts.Count(page.Coverage.Total - page.Coverage.Files[(int)CoverageKind.Gone], "file")}). A file is judged when at least one unit of it was; read, when some of its lines were shown to a session.</p>""");
        // A recording names the first hundred of each session.
        if (page.Sessions.Any(session => session.State.Coverage is var one && one.Failed + one.Skipped > one.Missing.Count && session.State.Mode == "map"))
            html.Add($"""<p class="warn">Not all units without a valid answer have a name in the recording: the map shows files of the others as judged, read or not opened.</p>""");
        html.Add($"""<ul class="legend">""");
        for (var kind = 0; kind < 5; kind++)
            if (page.Coverage.Files[kind] > 0) html.Add($"""<li><svg class="key" aria-hidden="true"><rect class="c-{Names[kind]}" width="100%" height="100%"/></svg> {page.Coverage.Files[kind]:N0} {Words[kind]}</li>""");
        html.Add($"</ul>");
        var left = (Folders: MostFolders, Files: MostFiles);
        html.Add($"""<div class="map">""");
        if (page.Coverage.Total == 0) html.Add($"<p>No file is in scope.</p>");
        else Folder(html, page, page.Coverage, isOpen: true, ref left, "c");
        html.Add($"</div></section>");
    }

    private static void Reasons(Html html, PageModel page)
    {
        var coverage = page.Root.State.Coverage;
        if (coverage.Reasons.Count == 0 && coverage.Missing.Count == 0) return;
        html.Add($"""<ul class="reasons">""");
        foreach (var (reason, count) in coverage.Reasons.OrderByDescending(reason => reason.Value).Take(50)) html.Add($"<li>{count:N0} {reason}</li>");
        html.Add($"</ul>");
        if (coverage.Missing.Count == 0) return;
        html.Add($"""<details id="missing"><summary>Units without a valid answer: {coverage.Missing.Count:N0} of {coverage.Failed + coverage.Skipped:N0} by name</summary><ul>""");
        foreach (var missing in coverage.Missing) html.Add($"<li><code>{missing.Unit}</code> {missing.Reason}</li>");
        html.Add($"</ul></details>");
    }

    private static void Folder(Html html, PageModel page, CoverageFolder folder, bool isOpen, ref (int Folders, int Files) left, string id)
    {
        left.Folders--;
        html.Add($"""<details id="{id}"{(isOpen ? new Markup(" open") : Markup.None)}><summary>{Bar(folder)}<span class="name">{(folder.Name.Length == 0 ? "all" : folder.Name)}/</span><span class="counts">{Counts(folder)}</span></summary><ul>""");
        var rest = 0;
        for (var at = 0; at < folder.Items.Count; at++)
        {
            if (folder.Items[at] is not { Path: null } below) continue;
            if (left.Folders <= 0) rest += below.Total;
            else
            {
                html.Add($"<li>");
                Folder(html, page, below, isOpen: false, ref left, string.Create(CultureInfo.InvariantCulture, $"{id}-{at}"));
                html.Add($"</li>");
            }
        }
        rest += Files(html, page, [.. folder.Items.Where(item => item.Path is not null && item.Files[(int)CoverageKind.Unread] == 0)], ref left.Files);
        var unread = folder.Items.Where(item => item.Path is not null && item.Files[(int)CoverageKind.Unread] > 0).ToArray();
        if (unread.Length > 0)
        {
            html.Add($"""<li><details id="{id}-u"><summary><span class="counts">{PageParts.Count(unread.Length, "file")} here not opened</span></summary><ul>""");
            rest += Files(html, page, unread, ref left.Files);
            html.Add($"</ul></details></li>");
        }
        if (rest > 0) html.Add($"""<li class="cut">and {PageParts.Count(rest, "more file")}, counted above and not listed</li>""");
        page.Cuts.Note("files of the map that are counted, and not listed by name", rest);
        html.Add($"</ul></details>");
    }

    // Gives the number of those that are not listed.
    private static int Files(Html html, PageModel page, IReadOnlyList<CoverageFolder> files, ref int left)
    {
        var listed = Math.Min(files.Count, Math.Min(FilesOfAFolder, Math.Max(0, left)));
        left -= listed;
        foreach (var file in files.Take(listed)) File(html, page, file, file.Path!);
        return files.Count - listed;
    }

    private static void File(Html html, PageModel page, CoverageFolder file, string path)
    {
        var kind = Array.FindIndex(file.Files, count => count > 0);
        html.Add($"""<li class="file"><svg class="key" aria-hidden="true"><rect class="c-{Names[kind]}" width="100%" height="100%"/></svg> """);
        if (page.Sources.FileAnchor(path) is { } anchor) html.Add($"""<a href="#{anchor}">{file.Name}</a>""");
        else html.Add($"""<span>{file.Name}</span>""");
        html.Add($""" <span class="counts">{Standing(file, kind)}</span></li>""");
    }

    private static string Standing(CoverageFolder file, int kind)
    {
        var judged = file.Judged > 0 ? $"{PageParts.Count(file.Judged, "unit")} judged" : "";
        var missing = file.Missing > 0 ? $"{PageParts.Count(file.Missing, "unit")} without a valid answer" : "";
        return judged.Length + missing.Length == 0 ? Words[kind] : string.Join(", ", ((string[])[missing, judged, kind == (int)CoverageKind.Gone ? Words[kind] : ""]).Where(word => word.Length > 0));
    }

    private static string Counts(CoverageFolder folder) =>
        string.Join(" · ", Enumerable.Range(0, 5).Where(kind => folder.Files[kind] > 0).Select(kind => string.Create(CultureInfo.InvariantCulture, $"{folder.Files[kind]:N0} {(kind == 0 ? "missed" : kind == 4 ? "gone" : Words[kind])}")));

    // A share that is there is seen, however small.
    private static Markup Bar(CoverageFolder folder)
    {
        var html = new Html();
        html.Add($"""<svg class="bar" aria-hidden="true" viewBox="0 0 100 1" preserveAspectRatio="none">""");
        var shares = folder.Files.Select(count => count == 0 ? 0 : Math.Max(1.5, 100.0 * count / folder.Total)).ToArray();
        var (x, all) = (0.0, shares.Sum());
        for (var kind = 0; kind < 5; kind++)
        {
            var width = shares[kind] * 100 / all;
            if (width > 0) html.Add($"""<rect class="c-{Names[kind]}" x="{x:0.##}" width="{width:0.##}" height="1"/>""");
            x += width;
        }
        html.Add($"</svg>");
        return new(html.ToString());
    }
}
