using System.Globalization;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>The sessions that clients opened, the newest first, each a link to its page; those that run stand first.</summary>
internal static class ListPart
{
    private const int Most = 200;

    public static void Write(Html html, SessionList list)
    {
        var roots = list.Sessions.Where(session => session.Parent is null).OrderBy(session => session.Status is SessionStatus.Running or SessionStatus.NeedsHost ? 0 : 1).ToArray();
        html.Add($"""<h1>Sessions</h1><ul class="tree">""");
        foreach (var session in roots.Take(Most))
        {
            html.Add($"""<li class="session" id="{session.Id}"><p>{PageParts.Status(session.Status)} <a href="{session.Id}">{session.Task}</a>""");
            html.Add($"""<span class="figures">{session.Mode} · {PageParts.Count(session.Spent.Calls, "call")} · {PageParts.Count(session.Spent.Tokens, "token")} · {PageParts.Usd(session.Spent.Usd)} · {PageParts.Time(session.Seconds)} · {session.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}</span></p></li>""");
        }
        html.Add($"</ul>");
        if (roots.Length == 0) html.Add($"<p>No session is kept yet. One that begins is listed here.</p>");
        if (roots.Length > Most) html.Add($"""<p class="cut">and {roots.Length - Most:N0} older ones: <code>sessions</code> lists all.</p>""");
        if (list.Broken > 0) html.Add($"""<p class="bad">{PageParts.Count(list.Broken, "file")} of sessions cannot be read.</p>""");
    }
}
