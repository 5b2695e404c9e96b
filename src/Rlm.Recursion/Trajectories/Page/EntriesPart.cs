using System.Globalization;
using System.Text.Json;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>What one session did, in order: turns of the model, calls of tools, what was handed in, what went wrong.</summary>
internal static class EntriesPart
{
    private const int Fold = 100, MostHandles = 40;

    public static void Write(Html html, PageModel page, PageSession session)
    {
        var entries = session.Entries;
        if (entries.Count == 0)
        {
            html.Add($"""<p class="dim">Nothing was recorded.</p>""");
            return;
        }
        html.Add($"""<details id="{session.Anchor}-e"{(session.Number == 1 && entries.Count <= Fold ? new Markup(" open") : Markup.None)}><summary>{Summary(entries)}</summary>""");
        for (var at = 0; at < entries.Count; at += Fold)
        {
            var some = entries.Skip(at).Take(Fold).ToArray();
            if (entries.Count > Fold) html.Add($"""<details id="{session.Anchor}-e{at}"><summary>Entries {some[0].Seq:N0} to {some[^1].Seq:N0}</summary>""");
            html.Add($"""<ol class="entries">""");
            foreach (var entry in some) Entry(html, page, session, entry);
            html.Add($"</ol>");
            if (entries.Count > Fold) html.Add($"</details>");
        }
        html.Add($"</details>");
    }

    private static string Summary(IReadOnlyList<TrajectoryEntry> entries) => string.Join(" · ", entries.GroupBy(entry => entry.Kind, StringComparer.Ordinal).Select(group => group.Key switch
    {
        "model" => PageParts.Count(group.Count(), "request to a model", "requests to models"),
        "tool" => PageParts.Count(group.Count(), "tool call"),
        "submit" => PageParts.Count(group.Count(), "submit"),
        "limit" => PageParts.Count(group.Count(), "limit met", "limits met"),
        "error" => PageParts.Count(group.Count(), "error"),
        _ => PageParts.Count(group.Count(), "entry", "entries"),
    }));

    private static void Entry(Html html, PageModel page, PageSession session, TrajectoryEntry entry)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{session.Anchor}-{entry.Seq}");
        html.Add($"""<li class="entry k-{Kind(entry)}"><details id="{id}"><summary><span class="seq">{entry.Seq}</span> {Badge(entry)} <strong class="path">{entry.Tool ?? ""}</strong> <span class="path asked">{Asked(entry)}</span><span class="figures">{Figures(entry)}</span>""");
        if ((entry.Note ?? Failure(entry)) is { } note) html.Add($"""<span class="note">{PageParts.Line(note, 300)}</span>""");
        html.Add($"</summary>");
        if (page.Session(entry.Result) is { } child) html.Add($"""<p><a href="#{child.Anchor}">To session {child.Number}: {PageParts.Line(child.State.Request.Task, 160)}</a></p>""");
        Handles(html, page, entry);
        if (Model(entry) is { } model) html.Add($"""<p class="dim">model {model}{(entry.At == default ? "" : $" · {entry.At.UtcDateTime.ToString("HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture)}")}</p>""");
        else if (entry.Arguments is { } arguments) Folded(html, page, "arguments", PageParts.Pretty(arguments));
        if (entry.Result is { Length: > 0 } result) Result(html, page, entry, result);
        html.Add($"</details></li>");
    }

    private static string Kind(TrajectoryEntry entry) => entry.Kind is "model" or "tool" or "submit" or "limit" or "error" ? entry.Kind : "other";

    // A request that came to nothing is an entry of the model as well.
    private static Markup Badge(TrajectoryEntry entry) => entry.Kind switch
    {
        "model" when entry.Result is null => PageParts.Badge("bad", "✕", "request failed"),
        "model" => PageParts.Badge("run", "◆", "model"),
        "tool" => PageParts.Badge("plain", "›", "tool"),
        "submit" => PageParts.Badge("plain", "✓", "submit"),
        "limit" => PageParts.Badge("warn", "■", "limit"),
        "error" => PageParts.Badge("bad", "✕", "error"),
        _ => PageParts.Badge("plain", "·", "entry"),
    };

    // What a tool that failed said; a model's fault has its note.
    private static string? Failure(TrajectoryEntry entry) => entry is { Kind: "error" or "limit", Result: { } result } && Model(entry) is null ? result : null;

    // The arguments of a tool in short.
    private static string Asked(TrajectoryEntry entry) =>
        entry.Kind is "tool" or "error" && Model(entry) is null && entry.Arguments is { ValueKind: JsonValueKind.Object } arguments ? PageParts.Line(string.Join(" ", arguments.EnumerateObject().Select(argument => PageParts.Text(argument.Value))), 110) : "";

    private static string Figures(TrajectoryEntry entry)
    {
        var parts = new List<string>();
        if (entry.InputTokens + entry.OutputTokens > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{entry.InputTokens:N0} + {entry.OutputTokens:N0} tokens"));
        if (entry.Usd > 0) parts.Add(PageParts.Usd(entry.Usd));
        if (entry.Seconds > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{entry.Seconds:0.0##} s"));
        if (entry.Handles.Count > 0) parts.Add(PageParts.Count(entry.Handles.Count, "slice"));
        return string.Join(" · ", parts);
    }

    private static void Handles(Html html, PageModel page, TrajectoryEntry entry)
    {
        if (entry.Handles.Count == 0) return;
        html.Add($"""<ul class="handles" aria-label="slices read">""");
        foreach (var handle in entry.Handles.Take(MostHandles)) html.Add($"""<li>{Link(page, handle)}</li>""");
        if (entry.Handles.Count > MostHandles) html.Add($"""<li class="cut">and {entry.Handles.Count - MostHandles:N0} more, all of them under <a href="#sources">Sources</a></li>""");
        html.Add($"</ul>");
    }

    private static Markup Link(PageModel page, string handle)
    {
        var html = new Html();
        if (page.Sources.Anchor(handle) is { } anchor) html.Add($"""<a class="path" href="#{anchor}">{PageParts.Place(handle)}</a>""");
        else html.Add($"""<span class="path">{PageParts.Place(handle)}</span>""");
        return new(html.ToString());
    }

    private static string? Model(TrajectoryEntry entry) =>
        entry.Kind is "model" or "error" or "limit" && entry.Arguments is { ValueKind: JsonValueKind.Object } arguments && arguments.TryGetProperty("model", out var model) && arguments.TryGetProperty("digest", out _) ? PageParts.Text(model) : null;

    private static void Result(Html html, PageModel page, TrajectoryEntry entry, string result)
    {
        if (entry.Kind == "model" && Reply(result) is var (text, calls))
        {
            if (text.Length > 0) Folded(html, page, "said", text);
            if (calls.Length > 0) Folded(html, page, "called", calls);
            if (text.Length + calls.Length == 0) html.Add($"""<p class="dim">It said nothing.</p>""");
        }
        else Folded(html, page, "result", PageParts.Pretty(result));
    }

    private static void Folded(Html html, PageModel page, string name, string text)
    {
        html.Add($"""<div class="part"><h4>{name}</h4>""");
        PageParts.Block(html, text, page.Cuts, name);
        html.Add($"</div>");
    }

    // The reply as ReplyText writes it.
    private static (string Text, string Calls)? Reply(string result)
    {
        try
        {
            using var json = JsonDocument.Parse(result, new() { MaxDepth = 512 });
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String) return null;
            return (text.GetString()!, json.RootElement.TryGetProperty("calls", out var calls) ? PageParts.Pretty(calls) : "");
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
