using System.Globalization;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>The tree of sessions, each with its turns and calls, folded.</summary>
internal static class SessionsPart
{
    private const int Fold = 100;

    public static void Write(Html html, PageModel page)
    {
        html.Add($"""<section id="sessions" aria-labelledby="sessions-h"><h2 id="sessions-h">Sessions <span class="n">{page.Sessions.Count:N0}</span></h2><p class="dim">The bar shows when each was at work, within {PageParts.Time(page.Timeline.Seconds)}.</p><ul class="tree">""");
        Session(html, page, page.Root, isOpen: true);
        html.Add($"</ul></section>");
    }

    private static void Session(Html html, PageModel page, PageSession session, bool isOpen)
    {
        var state = session.State;
        var (start, length) = page.Timeline.Of(session);
        html.Add($"""<li class="session"><details id="{session.Anchor}"{(isOpen ? new Markup(" open") : Markup.None)}><summary>{PageParts.Status(state.Status)} <span class="task">{PageParts.Line(state.Request.Task, 160)}</span>""");
        html.Add($"""<span class="figures">{state.Mode}{(state.Request.Reason == "asked" ? "" : $" because {state.Request.Reason}")} · {PageParts.Count(state.Spent.Calls, "call")} · {PageParts.Count(state.Spent.Tokens, "token")} · {PageParts.Usd(state.Spent.Usd)} · {PageParts.Time(state.Seconds)}</span>""");
        html.Add($"""<svg class="when" aria-hidden="true" viewBox="0 0 1000 1" preserveAspectRatio="none"><rect class="c-unread" width="1000" height="1"/><rect class="c-judged" x="{start * 1000:0.#}" width="{Math.Min(length, 1 - start) * 1000:0.#}" height="1"/></svg></summary><div class="inside">""");
        About(html, page, session);
        EntriesPart.Write(html, page, session);
        Children(html, page, session);
        html.Add($"</div></details></li>");
    }

    private static void About(Html html, PageModel page, PageSession session)
    {
        var state = session.State;
        html.Add($"""<p class="dim"><code>{state.Id}</code> · {state.BackEnd} · depth {state.Depth}{(state.ModeReason is { } why ? $" · {state.Mode}: {why}" : "")}</p>""");
        if (state.Reason is { } reason) html.Add($"""<p class="standing">{PageParts.Status(state.Status)} {reason}</p>""");
        if (session.Node.Record.Damaged > 0) html.Add($"""<p class="bad">{PageParts.Count(session.Node.Record.Damaged, "entry is", "entries are")} lost: cut by a crash, or damaged.</p>""");
        foreach (var step in state.Steps) html.Add($"""<p class="warn">To stay in the budget: {step}</p>""");
        if (session.Number == 1) return;
        html.Add($"""<p class="dim">{PageParts.Count(state.Coverage.Units, "unit")} = {state.Coverage.Judged:N0} judged + {state.Coverage.Failed:N0} failed + {state.Coverage.Skipped:N0} skipped</p>""");
        foreach (var note in state.Notes) html.Add($"""<p class="dim">{note}</p>""");
        if (state.Answer.Content.Length > 0)
        {
            html.Add($"""<details id="{session.Anchor}-a"><summary>{(state.Answer.Ready ? "Answer" : "Draft, not an answer")}</summary>""");
            AnswerPart.Content(html, state.Answer.Content, page.Cuts);
            html.Add($"</details>");
        }
        FindingsPart.Short(html, page, session);
    }

    private static void Children(Html html, PageModel page, PageSession session)
    {
        if (session.Node.Missing > 0) html.Add($"""<p class="bad">{PageParts.Count(session.Node.Missing, "session")} below it {(session.Node.Missing == 1 ? "is" : "are")} not kept any more.</p>""");
        for (var at = 0; at < session.Children.Count; at += Fold)
        {
            var some = session.Children.Skip(at).Take(Fold).ToArray();
            var isFolded = session.Children.Count > Fold;
            if (isFolded) html.Add($"""<details id="{session.Anchor}-c{at}"><summary>Sessions {at + 1:N0} to {at + some.Length:N0} below it: {States(some)}</summary>""");
            html.Add($"""<ul class="tree">""");
            foreach (var child in some) Session(html, page, child, isOpen: false);
            html.Add($"</ul>");
            if (isFolded) html.Add($"</details>");
        }
    }

    private static string States(IEnumerable<PageSession> sessions) => string.Join(", ", sessions.GroupBy(session => session.State.Status).OrderByDescending(group => group.Count())
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count():N0} {(group.Key == Sessions.SessionStatus.NeedsHost ? "waiting for the client" : group.Key.ToString().ToLowerInvariant())}")));
}
