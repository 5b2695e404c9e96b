using System.Globalization;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Relations;
using Rlm.Context.Scopes;
using Rlm.Context.Search;
using Rlm.Context.Slices;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>
/// The sites of an answer one by one from a place on, ready to be shown: first those read as code, then the lines of files that were not, each with its line and the symbol around
/// it. Files are opened as the list reaches them, so a page costs what it shows.
/// </summary>
internal sealed class RefsPage(ToolCall call, RelationResult result)
{
    private readonly Dictionary<RepoPath, (OpenText Text, Outline Outline)?> _open = [];
    private IReadOnlyList<RelationSite>? _unread;

    /// <summary>Sites that were passed over, because the file has changed or gone since it was read.</summary>
    public int Changed { get; private set; }

    /// <summary>Sites with the number that a cursor to the one behind them carries.</summary>
    public IEnumerable<(int Next, ShownSite Site)> From(int place)
    {
        for (var at = place; at < result.Sites.Count; at++)
            if (Show(result.Sites[at]) is { } site) yield return (at + 1, site);
            else Changed++;
        foreach (var (at, line) in Unread().Index().Skip(Math.Max(0, place - result.Sites.Count)))
            if (Show(line) is { } site) yield return (result.Sites.Count + at + 1, site);
            else Changed++;
    }

    /// <summary>Every site as an item of a set, up to the most that a set holds.</summary>
    public IReadOnlyList<SetItem> Items()
    {
        var items = new List<SetItem>();
        foreach (var (_, site) in From(0))
        {
            if (items.Count == SetStore.MaxItems) break;
            if (items.Count > 0 && items[^1].Path == site.Site.Path && items[^1].Range!.Value.Start == site.Site.Line) continue;
            items.Add(new(site.Site.Path, new(site.Site.Line, site.Site.Line), site.Enclosing?.Path, site.Handle.ToString()) { Stamp = site.Site.Stamp });
        }
        return items;
    }

    private ShownSite? Show(RelationSite site)
    {
        if (Opened(site.Path) is not ({ } text, { } outline) || text.Stamp != site.Stamp || site.Line > text.LineCount) return null;
        var enclosing = site.Enclosing ?? outline.Enclosing(site.Line);
        return new(site, text.Lines(new(site.Line, site.Line)), enclosing);
    }

    // The lines of files that were not read as code; found when the list comes to them.
    private IReadOnlyList<RelationSite> Unread()
    {
        if (_unread is not null) return _unread;
        var lines = new List<RelationSite>();
        foreach (var file in result.Unread)
            if (Opened(file.File.Path) is ({ } text, _))
                foreach (var line in LineSearch.LinesOf(text, new(file.Name, PatternKind.Word, PatternCase.Sensitive), call.Cancellation))
                    if (call.Sees(file.File.Path, new(line.Line, line.Line))) lines.Add(new(file.File.Path, text.Stamp, line.Line, line.Column, file.Name, SiteKinds.Unknown, Certainty.Text, 1));
        return _unread = lines;
    }

    private (OpenText Text, Outline Outline)? Opened(RepoPath path)
    {
        if (_open.TryGetValue(path, out var known)) return known;
        if (_open.Count > 64) _open.Clear();
        try
        {
            var text = call.Store.Open(path, call.Cancellation);
            return _open[path] = (text, call.Store.OutlineOf(text, call.Cancellation));
        }
        catch (ContextException)
        {
            return _open[path] = null;
        }
    }
}

/// <summary>One site with what is shown of it.</summary>
/// <param name="Site">The site.</param>
/// <param name="Line">Its line with the terminator.</param>
/// <param name="Enclosing">The symbol around it, or null.</param>
internal sealed record ShownSite(RelationSite Site, string Line, Symbol? Enclosing)
{
    public Handle Handle => Handle.Of(Site.Path, new(Site.Line, Site.Line), Line);

    /// <summary>The line without its terminator.</summary>
    public string Text => Line.EndsWith("\r\n", StringComparison.Ordinal) ? Line[..^2] : Line.EndsWith('\n') ? Line[..^1] : Line;
}
