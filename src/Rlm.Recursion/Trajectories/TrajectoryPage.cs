using System.Globalization;
using System.Text;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Trajectories;

/// <summary>
/// What a tree of sessions did, as one HTML page that needs nothing else: the answer with its quotes, then each session with its entries, replies folded away. It runs no script and loads nothing,
/// and says so to the browser; all that models and files brought is text in it.
/// </summary>
public static class TrajectoryPage
{
    private const int MaxText = 20_000;

    private const string Head = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <style>
        body { font: 15px/1.45 system-ui, sans-serif; max-width: 75rem; margin: 1.5rem auto; padding: 0 1rem }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.4 ui-monospace, monospace; margin: .3rem 0 .3rem 1rem }
        table { border-collapse: collapse; width: 100% }
        td, th { text-align: left; vertical-align: top; padding: .15rem .6rem .15rem 0; border-top: 1px solid #8884; overflow-wrap: anywhere }
        td.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
        details.session { border-left: 3px solid #8888; padding-left: .8rem; margin: .8rem 0 }
        summary { cursor: pointer }
        .error, .limit, .false { color: #c22 }
        .dim { opacity: .7 }
        </style>

        """;

    /// <summary>The page; null when there is no such session.</summary>
    /// <param name="root">Its id.</param>
    /// <param name="store">Where it is kept.</param>
    public static string? Html(string root, SessionStore store)
    {
        if (TrajectoryNode.Load(root, store) is not { } node) return null;
        var page = new StringBuilder(Head);
        page.Append(CultureInfo.InvariantCulture, $"<title>{Text(Line(node.State.Request.Task))}</title></head><body>\n<h1>{Text(Line(node.State.Request.Task))}</h1>\n");
        AppendResult(page, node.State);
        page.Append("<h2>What was done</h2>\n");
        AppendSession(page, node, isOpen: true);
        return page.Append("</body></html>\n").ToString();
    }

    private static void AppendResult(StringBuilder page, SessionState state)
    {
        var coverage = state.Coverage;
        page.Append(CultureInfo.InvariantCulture, $"<p>{Text(Summary(state))}{(state.Reason is { } reason ? $"<br>{Text(reason)}" : "")}<br>{coverage.Units:N0} units = {coverage.Judged:N0} judged + {coverage.Failed:N0} failed + {coverage.Skipped:N0} skipped</p>\n");
        foreach (var note in state.Notes) page.Append(CultureInfo.InvariantCulture, $"<p class=\"dim\">{Text(note)}</p>\n");
        if (state.Answer.Content.Length > 0) page.Append(CultureInfo.InvariantCulture, $"<h2>{(state.Answer.Ready ? "Answer" : "Draft, not an answer")}</h2>\n<pre>{Text(Cut(state.Answer.Content))}</pre>\n");
        if (state.Findings.Count == 0) return;
        page.Append("<h2>Findings</h2>\n<table><tr><th>about</th><th>what</th><th>quotes</th></tr>\n");
        foreach (var finding in state.Findings)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(finding.Name)}{(finding.IsUnsupported ? " <b class=\"false\">unsupported</b>" : "")}</td><td>{Text(Cut(finding.Text.Length > 0 ? finding.Text : finding.Value.GetRawText()))}</td><td>");
            foreach (var quote in finding.Citations) page.Append(CultureInfo.InvariantCulture, $"<div class=\"{(quote.Checked is QuoteCheck.False ? "false" : "true")}\">{Text(quote.Handle)} [{quote.Checked.ToString().ToLowerInvariant()}]<pre>{Text(Cut(quote.Quote))}</pre></div>");
            page.Append("</td></tr>\n");
        }
        page.Append("</table>\n");
    }

    private static void AppendSession(StringBuilder page, TrajectoryNode node, bool isOpen)
    {
        page.Append(CultureInfo.InvariantCulture, $"<details class=\"session\"{(isOpen ? " open" : "")}><summary>{Text(Summary(node.State))}: {Text(Line(node.State.Request.Task))}</summary>\n");
        if (node.Record.Damaged > 0) page.Append(CultureInfo.InvariantCulture, $"<p class=\"error\">{node.Record.Damaged:N0} entries are lost (cut by a crash, or damaged)</p>\n");
        page.Append("<table><tr><th>#</th><th>what</th><th>tokens in</th><th>out</th><th>s</th><th>read, noted</th></tr>\n");
        foreach (var entry in node.Record.Entries) AppendEntry(page, entry);
        page.Append("</table>\n");
        foreach (var child in node.Children) AppendSession(page, child, isOpen: false);
        if (node.Missing > 0) page.Append(CultureInfo.InvariantCulture, $"<p class=\"error\">{node.Missing:N0} sessions are not kept any more</p>\n");
        page.Append("</details>\n");
    }

    private static void AppendEntry(StringBuilder page, TrajectoryEntry entry)
    {
        var kind = entry.Kind is "error" or "limit" ? entry.Kind : "done";
        page.Append(CultureInfo.InvariantCulture, $"<tr class=\"{kind}\"><td class=\"n\">{entry.Seq}</td><td>{Text(entry.Kind)} {Text(entry.Tool ?? "")}");
        AppendFolded(page, "arguments", entry.Arguments?.GetRawText());
        AppendFolded(page, "result", entry.Result);
        page.Append(CultureInfo.InvariantCulture, $"</td><td class=\"n\">{entry.InputTokens:N0}</td><td class=\"n\">{entry.OutputTokens:N0}</td><td class=\"n\">{entry.Seconds:0.##}</td><td>");
        if (entry.Note is { } note) page.Append(CultureInfo.InvariantCulture, $"{Text(note)}<br>");
        page.AppendJoin("<br>", entry.Handles.Select(Text)).Append("</td></tr>\n");
    }

    private static void AppendFolded(StringBuilder page, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text)) page.Append(CultureInfo.InvariantCulture, $"<details><summary class=\"dim\">{name}</summary><pre>{Text(Cut(text))}</pre></details>");
    }

    private static string Summary(SessionState state) => string.Create(CultureInfo.InvariantCulture,
        $"{state.Id} · {state.Mode} · {(state.Status == SessionStatus.NeedsHost ? "needs_host" : state.Status.ToString().ToLowerInvariant())} · {state.Spent.Calls:N0} calls, {state.Spent.InputTokens:N0}+{state.Spent.OutputTokens:N0} tokens, {state.Seconds:0.0} s, {state.Spent.Usd:0.00##} USD · {state.BackEnd}");

    private static string Line(string text) => text.Length <= 200 ? text : text[..200] + "…";

    private static string Cut(string text) => text.Length <= MaxText ? text : string.Create(CultureInfo.InvariantCulture, $"{text[..MaxText]}… {text.Length - MaxText:N0} more characters; trace --json has all");

    // What could be markup, or could hide or turn round what stands there, is shown as what it is.
    private static string Text(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
            _ = rune.Value switch
            {
                '<' => safe.Append("&lt;"),
                '>' => safe.Append("&gt;"),
                '&' => safe.Append("&amp;"),
                '"' => safe.Append("&quot;"),
                '\'' => safe.Append("&#39;"),
                '\n' or '\t' => safe.Append((char)rune.Value),
                _ when Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}"),
                _ => safe.Append(rune.ToString()),
            };
        return safe.ToString();
    }
}
