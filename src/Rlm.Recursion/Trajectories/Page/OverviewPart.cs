using System.Globalization;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>The top of the page: what was asked, how it stands, and what of the budget went into it.</summary>
internal static class OverviewPart
{
    private const int TitleLength = 240;

    public static void Write(Html html, PageModel page)
    {
        var state = page.Root.State;
        var task = state.Request.Task;
        html.Add($"""<header><p class="kicker">Session <code>{state.Id}</code></p><h1>{PageParts.Line(task, TitleLength)}</h1>""");
        if (task.Length > TitleLength || task.Contains('\n', StringComparison.Ordinal))
        {
            html.Add($"""<details id="task"><summary>The whole question</summary>""");
            PageParts.Block(html, task, page.Cuts, "the question");
            html.Add($"</details>");
        }
        html.Add($"""<p class="standing">{PageParts.Status(state.Status)}{(state.Reason is null ? "" : " " + state.Reason)}</p>""");
        Notes(html, page);
        Budget(html, page);
        Facts(html, page);
        html.Add($"</header>");
    }

    private static void Notes(Html html, PageModel page)
    {
        var state = page.Root.State;
        var damaged = page.Sessions.Sum(session => (long)session.Node.Record.Damaged);
        var missing = page.Sessions.Sum(session => (long)session.Node.Missing);
        var steps = page.Sessions.SelectMany(session => session.State.Steps).Distinct(StringComparer.Ordinal).ToArray();
        if (damaged + missing + steps.Length + state.Notes.Count + state.Clamped.Count == 0) return;
        html.Add($"""<ul class="notes">""");
        if (damaged > 0) html.Add($"""<li class="bad">{PageParts.Count(damaged, "entry is", "entries are")} lost: cut by a crash, or damaged. What is shown is not all that was done.</li>""");
        if (missing > 0) html.Add($"""<li class="bad">{PageParts.Count(missing, "session")} of this tree {(missing == 1 ? "is" : "are")} not kept any more.</li>""");
        foreach (var step in steps) html.Add($"""<li class="warn">To stay in the budget: {step}</li>""");
        if (state.Clamped.Count > 0) html.Add($"""<li>Limits that were asked for above the operator's, and lowered: {string.Join(", ", state.Clamped)}</li>""");
        foreach (var note in state.Notes) html.Add($"<li>{note}</li>");
        html.Add($"</ul>");
    }

    private static void Budget(Html html, PageModel page)
    {
        var (state, spent) = (page.Root.State, page.Root.State.Spent);
        html.Add($"""<dl class="meters">""");
        Meter(html, "Calls", spent.Calls, state.Limits.Calls, number => number.ToString("N0", CultureInfo.InvariantCulture));
        Meter(html, "Tokens", spent.Tokens, state.Limits.Tokens, number => number.ToString("N0", CultureInfo.InvariantCulture));
        Meter(html, "Money", (double)spent.Usd, (double?)state.Limits.Usd, number => number.ToString("0.00##", CultureInfo.InvariantCulture) + " USD");
        Meter(html, "Time", state.Seconds, state.Limits.Seconds, PageParts.Time);
        html.Add($"</dl>");
    }

    private static void Meter(Html html, string name, double spent, double? limit, Func<double, string> text)
    {
        var share = limit is > 0 ? Math.Clamp(spent / limit.Value, 0, 1) * 100 : 0;
        html.Add($"""<div><dt>{name}</dt><dd><strong>{text(spent)}</strong> <span class="of">{(limit is { } most ? $"of {text(most)}" : "no limit")}</span>""");
        if (limit is not null) html.Add($"""<svg class="meter" aria-hidden="true" viewBox="0 0 100 1" preserveAspectRatio="none"><rect class="c-unread" width="100" height="1"/><rect class="{(share >= 80 ? "c-missed" : "c-judged")}" width="{share:0.##}" height="1"/></svg>""");
        html.Add($"</dd></div>");
    }

    private static void Facts(Html html, PageModel page)
    {
        var state = page.Root.State;
        var citations = page.Sessions.SelectMany(session => session.State.Findings).SelectMany(finding => finding.Citations).ToArray();
        var wrong = citations.Count(citation => citation.Checked is Context.QuoteCheck.False);
        html.Add($"""<dl class="facts">""");
        Fact(html, "Model", state.BackEnd);
        Fact(html, "Strategy", state.Mode + (state.ModeReason is { } why ? $": {why}" : "") + (state.Request.Merge is { } merge ? $"; merged by {PageParts.Line(merge, 80)}" : "") + (state.Request.Verify ? "; claims verified" : ""));
        Fact(html, "Scope", state.Scope.Layers.Count == 0 ? "everything" : string.Join(" within ", state.Scope.Layers.Reverse().Select(layer => PageParts.Line(string.Join(", ", layer), 300))));
        Fact(html, "Sessions", $"{PageParts.Count(page.Sessions.Count, "session")}, depth {page.Sessions.Max(session => session.State.Depth).ToString(CultureInfo.InvariantCulture)}{Counted(page)}");
        Fact(html, "Quotes", citations.Length == 0 ? "none" : $"{(citations.Length - wrong).ToString("N0", CultureInfo.InvariantCulture)} of {citations.Length.ToString("N0", CultureInfo.InvariantCulture)} stand where they say");
        Fact(html, "Began", state.Started == default ? "not known" : state.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        if (page.Written is { } written) Fact(html, "Page written", written.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        html.Add($"</dl>");
    }

    private static string Counted(PageModel page)
    {
        var ended = page.Sessions.Where(session => session.State.Status != SessionStatus.Complete).GroupBy(session => session.State.Status).Select(group => $"{group.Count().ToString("N0", CultureInfo.InvariantCulture)} {(group.Key == SessionStatus.NeedsHost ? "waiting for the client" : group.Key.ToString().ToLowerInvariant())}").ToArray();
        return ended.Length == 0 || page.Sessions.Count == 1 ? "" : $" ({string.Join(", ", ended)})";
    }

    private static void Fact(Html html, string name, string value) => html.Add($"<div><dt>{name}</dt><dd>{value}</dd></div>");
}
