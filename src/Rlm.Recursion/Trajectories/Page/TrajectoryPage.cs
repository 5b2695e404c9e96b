using System.Security.Cryptography;
using System.Text;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>
/// What a tree of sessions did, as one HTML page that needs nothing else: what was asked and answered, each quote with its check and its source, what ran when, each session with its turns and calls,
/// and a map of what was looked at. It runs no script and loads nothing, and says so to the browser; all that models and files brought is text in it.
/// <code>
/// TrajectoryNode -> PageModel (numbers, sources, coverage, times) -> one part after the other, through <see cref="Html"/>, which encodes
/// </code>
/// </summary>
internal sealed class TrajectoryPage
{
    private static readonly Markup Style = new(Resource("page.css"));
    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style.Text)));
    private readonly SessionStore _store;
    private readonly ISessionContext? _context;
    private readonly SliceTexts _texts;

    /// <summary>Pages of a store's sessions.</summary>
    /// <param name="store">Where they are kept.</param>
    /// <param name="context">Where the source is read; null for pages without it.</param>
    public TrajectoryPage(SessionStore store, ISessionContext? context) => (_store, _context, _texts) = (store, context, new(store.Redactor));

    /// <summary>The page of a session and all below it; null when there is no such session.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="now">When this is; null for a page that is the same as long as nothing happens.</param>
    /// <param name="live">What makes the page follow; null for one that runs no script.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public string? Of(string id, DateTimeOffset? now, LivePage? live, CancellationToken cancellationToken)
    {
        if (TrajectoryNode.Load(id, _store) is not { } node) return null;
        var cuts = new PageCuts();
        var files = Files(node.State.Scope, cuts, cancellationToken);
        var root = PageSession.Of(node, new(files ?? [], _context), cancellationToken);
        var page = new PageModel(root, PageSources.Of(root, _context, _texts, cuts, cancellationToken), CoverageTree.Of(root, files), Timeline.Of(root, now), cuts, now);
        var html = new Html();
        Head(html, PageParts.Line(root.State.Request.Task, 80), live, isEnded: root.All.All(session => session.State.IsEnded));
        OverviewPart.Write(html, page);
        Contents(html, page);
        html.Add($"""<main id="main" tabindex="-1">""");
        AnswerPart.Write(html, page);
        FindingsPart.Write(html, page);
        ChartPart.Write(html, page);
        SessionsPart.Write(html, page);
        CoveragePart.Write(html, page);
        SourcesPart.Write(html, page);
        LeftOutPart.Write(html, page);
        End(html, live);
        return html.ToString();
    }

    /// <summary>The sessions that are kept, the newest first, as a page that leads to theirs.</summary>
    /// <param name="live">What makes the page follow.</param>
    public string List(LivePage live)
    {
        var html = new Html();
        Head(html, "Sessions", live, isEnded: false);
        html.Add($"""<main id="main" tabindex="-1">""");
        ListPart.Write(html, _store.All());
        End(html, live);
        return html.ToString();
    }

    private IReadOnlyList<string>? Files(ContextScope scope, PageCuts cuts, CancellationToken cancellationToken)
    {
        try
        {
            return _context?.Files(scope, cancellationToken);
        }
        catch (RecursionException)
        {
            cuts.Note("list of the files in scope: the scope names what is no longer there, so only files that were read are on the map");
            return null;
        }
    }

    private static void Head(Html html, string title, LivePage? live, bool isEnded)
    {
        var more = live is null ? new Markup("form-action 'none'") : new Markup($"script-src 'nonce-{live.Nonce}'; connect-src 'self'; img-src data:; form-action 'self'");
        html.Add($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{new Markup(StyleHash)}'; base-uri 'none'; {more}">
            <meta name="referrer" content="no-referrer">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>{(live is null ? Markup.None : new Markup("<link rel=\"icon\" href=\"data:,\">"))}
            <style>{Style}</style>
            </head><body{(isEnded ? new Markup(" data-ended") : Markup.None)}>
            <a class="skip" href="#main">Skip to the content</a>

            """);
        if (live is not null) html.Add($"""<form class="live" id="live" method="post" action="{live.End}"><p><a href="./">All sessions</a></p><p id="state" role="status">{(isEnded ? "ended" : "following")}</p><button>Stop watching</button></form>""");
    }

    private static void End(Html html, LivePage? live)
    {
        html.Add($"</main>");
        if (live is not null) html.Add($"""<script nonce="{live.Nonce}">{new Markup(live.Script)}</script>""");
        html.Add($"</body></html>\n");
    }

    private static void Contents(Html html, PageModel page)
    {
        html.Add($"""<nav aria-label="On this page"><ul><li><a href="#answer">Answer</a></li>""");
        if (page.Root.State.Findings.Count > 0) html.Add($"""<li><a href="#findings">{(page.Root.State.Mode == "map" ? "Findings" : "Claims")}</a></li>""");
        html.Add($"""<li><a href="#time">Over time</a></li><li><a href="#sessions">Sessions</a></li><li><a href="#coverage">Coverage</a></li><li><a href="#sources">Sources</a></li><li><a href="#left-out">Left out</a></li></ul></nav>""");
    }

    private static string Resource(string name)
    {
        using var stream = typeof(TrajectoryPage).Assembly.GetManifestResourceStream($"Rlm.Recursion.Trajectories.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
