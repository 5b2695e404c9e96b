using Rlm.Recursion.Context;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>What was found, with each quote, its check, and the way to the source it stands in. Many findings are folded in hundreds; those whose quotes fail are named first.</summary>
internal static class FindingsPart
{
    private const int Fold = 100, Most = 3_000, MostNamed = 100;

    public static void Write(Html html, PageModel page)
    {
        var findings = page.Root.State.Findings;
        if (findings.Count == 0) return;
        html.Add($"""<section id="findings" aria-labelledby="findings-h"><h2 id="findings-h">{(page.Root.State.Mode == "map" ? "Findings" : "Claims")} <span class="n">{findings.Count:N0}</span></h2>""");
        Wrong(html, page.Root);
        for (var at = 0; at < Math.Min(findings.Count, Most); at += Fold)
        {
            var some = findings.Skip(at).Take(Math.Min(Fold, Most - at)).ToArray();
            if (findings.Count > Fold) html.Add($"""<details id="n{at}"><summary>{at + 1:N0} to {at + some.Length:N0}: <span class="path">{Name(some[0])}</span></summary>""");
            html.Add($"""<ol class="findings" start="{at + 1}">""");
            for (var one = 0; one < some.Length; one++) Finding(html, page, some[one], Anchor(page.Root, at + one));
            html.Add($"</ol>");
            if (findings.Count > Fold) html.Add($"</details>");
        }
        if (findings.Count > Most) html.Add($"""<p class="cut">{findings.Count - Most:N0} more findings are not on this page; <code>session --json</code> has all.</p>""");
        page.Cuts.Note("findings that are not on the page", findings.Count - Most);
        html.Add($"</section>");
    }

    /// <summary>The findings of a session below the root, in short.</summary>
    public static void Short(Html html, PageModel page, PageSession session)
    {
        if (session.State.Findings.Count == 0) return;
        html.Add($"""<details id="{session.Anchor}-n"><summary>{PageParts.Count(session.State.Findings.Count, "finding")}</summary><ol class="findings">""");
        foreach (var finding in session.State.Findings.Take(Fold)) Finding(html, page, finding, null);
        html.Add($"</ol>");
        if (session.State.Findings.Count > Fold) html.Add($"""<p class="cut">{session.State.Findings.Count - Fold:N0} more are not on this page; the page of session <code>{session.State.Id}</code> has them.</p>""");
        page.Cuts.Note("findings that are not on the page", session.State.Findings.Count - Fold);
        html.Add($"</details>");
    }

    private static string Name(Finding finding) => finding is { Symbol: null, With: null } ? PageParts.Place(finding.Unit) : finding.Name;

    private static string Anchor(PageSession session, int at) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{session.Anchor}-n{at}");

    private static void Wrong(Html html, PageSession root)
    {
        var wrong = root.State.Findings.Select((finding, at) => (Finding: finding, At: at)).Where(one => one.Finding.IsUnsupported || one.Finding.Citations.Any(citation => citation.Checked is QuoteCheck.False)).ToArray();
        if (wrong.Length == 0) return;
        html.Add($"""<details id="wrong"><summary>{PageParts.Count(wrong.Length, "of them has", "of them have")} a quote that does not stand where it says</summary><ul>""");
        foreach (var (finding, at) in wrong.Where(one => one.At < Most).Take(MostNamed)) html.Add($"""<li><a href="#{Anchor(root, at)}">{Name(finding)}</a>{(finding.IsUnsupported ? " (unsupported)" : "")}</li>""");
        if (wrong.Length > MostNamed) html.Add($"""<li class="cut">and {wrong.Length - MostNamed:N0} more, marked below</li>""");
        html.Add($"</ul></details>");
    }

    private static void Finding(Html html, PageModel page, Finding finding, string? anchor)
    {
        html.Add($"<li");
        if (anchor is not null) html.Add($" id=\"{anchor}\"");
        html.Add($">");
        // A judgement is about a unit; a claim says something, and its quotes say where.
        var isJudgement = page.Root.State.Mode == "map";
        if (isJudgement) About(html, page, finding);
        var (text, rest) = page.Cuts.Take(finding.Text.Length > 0 ? finding.Text : PageParts.Pretty(finding.Value));
        html.Add($"""<p class="claim">{text}{(rest is null ? "" : $" … {rest}")}{(finding.IsUnsupported && !isJudgement ? " " : "")}{(finding.IsUnsupported && !isJudgement ? Unsupported : Markup.None)}</p>""");
        if (!isJudgement && finding.Citations.All(citation => citation.Handle != finding.Unit)) About(html, page, finding);
        if (finding.Citations.Count == 0) html.Add($"""<p class="dim">It quotes nothing.</p>""");
        foreach (var citation in finding.Citations) Citation(html, page, citation);
        html.Add($"</li>");
    }

    private static void About(Html html, PageModel page, Finding finding)
    {
        html.Add($"""<p class="about">""");
        Link(html, page, finding.Unit, Name(finding));
        html.Add($"{(page.Root.State.Mode == "map" && finding.IsUnsupported ? " " : "")}{(page.Root.State.Mode == "map" && finding.IsUnsupported ? Unsupported : Markup.None)}</p>");
    }

    private static void Citation(Html html, PageModel page, Citation citation)
    {
        html.Add($"""<div class="quote">{Check(citation.Checked)} """);
        if (citation.Checked is QuoteCheck.False) html.Add($"""<span class="path">{PageParts.Place(citation.Handle)}</span>""");
        else Link(html, page, citation.Handle, PageParts.Place(citation.Handle), page.Sources.LineOf(citation.Handle, citation.Quote));
        var (quote, rest) = page.Cuts.Take(citation.Quote);
        html.Add($"""<blockquote><pre tabindex="0" role="region" aria-label="quote">{quote.Trim('\n')}</pre></blockquote>""");
        if (rest is not null) html.Add($"""<p class="cut">{rest}.</p>""");
        html.Add($"</div>");
    }

    private static Markup Unsupported => PageParts.Badge("bad", "✕", "unsupported");

    private static Markup Check(QuoteCheck check) => check switch
    {
        QuoteCheck.Exact => PageParts.Badge("good", "✓", "verified"),
        QuoteCheck.Whitespace => PageParts.Badge("good", "✓", "verified but for white space"),
        _ => PageParts.Badge("bad", "✕", "not verified: no such text there"),
    };

    private static void Link(Html html, PageModel page, string handle, string name, int? line = null)
    {
        var anchor = page.Sources.Anchor(handle, line);
        if (anchor is null) html.Add($"""<span class="path">{name}</span>""");
        else html.Add($"""<a class="path" href="#{anchor}">{name}</a>""");
    }
}
