namespace Rlm.Recursion.Trajectories.Page;

/// <summary>What is not on the page, so that no gap is silent.</summary>
internal static class LeftOutPart
{
    public static void Write(Html html, PageModel page)
    {
        html.Add($"""<section id="left-out" aria-labelledby="left-out-h"><h2 id="left-out-h">What is not on this page</h2>""");
        if (page.Cuts.Counts.Count == 0) html.Add($"<p>Nothing that was recorded was left out.");
        else
        {
            html.Add($"<ul>");
            foreach (var (what, count) in page.Cuts.Counts) html.Add($"<li>{count:N0} × {what}</li>");
            html.Add($"</ul><p>");
        }
        html.Add($""" What was sent to models is recorded as the handles of its slices and a digest, not as text; of one tool result at most 200 handles are kept, and at most 45,000 characters. <code>trace {page.Root.State.Id} --json</code> has all that is recorded.</p></section>""");
    }
}
