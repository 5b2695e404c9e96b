using System.Globalization;
using System.Text;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>How many ran at once, and how the budget went, over time: two drawings and a table of the same.</summary>
internal static class ChartPart
{
    private const int Rows = 12;

    public static void Write(Html html, PageModel page)
    {
        var line = page.Timeline;
        html.Add($"""<section id="time" aria-labelledby="time-h"><h2 id="time-h">Over time</h2><div class="charts">""");
        var (calls, sessions) = (line.Calls.Max(), line.Sessions.Max());
        var top = Math.Max(1, Math.Max(calls, sessions));
        Begin(html, "At once", $"{PageParts.Count(calls, "request")} to models and {PageParts.Count(sessions, "session")} at most", $"{top.ToString("N0", CultureInfo.InvariantCulture)}");
        html.Add($"""<path class="area" d="{Steps(line.Calls.Select(count => (double)count / top), isArea: true)}"/><path class="line b" d="{Steps(line.Sessions.Select(count => (double)count / top), isArea: false)}"/>""");
        End(html, line, ("a", "requests"), ("b", "sessions"));
        Spent(html, page);
        html.Add($"</div>");
        Table(html, page);
        html.Add($"</section>");
    }

    private static void Spent(Html html, PageModel page)
    {
        var (line, limits) = (page.Timeline, page.Root.State.Limits);
        var last = line.Spent[^1];
        var top = Top(Math.Max(Of(last.Tokens, limits.Tokens ?? last.Tokens), Math.Max(Of(last.Calls, limits.Calls ?? last.Calls), Of((double)last.Usd, (double)(limits.Usd ?? last.Usd)))));
        Begin(html, "Budget spent", Share(last, limits), string.Create(CultureInfo.InvariantCulture, $"{100 * top:0.#} %"));
        html.Add($"""<path class="line a" d="{Steps(line.Spent.Select(spent => Of(spent.Tokens, limits.Tokens ?? last.Tokens) / top), isArea: false)}"/>""");
        html.Add($"""<path class="line b" d="{Steps(line.Spent.Select(spent => Of(spent.Calls, limits.Calls ?? last.Calls) / top), isArea: false)}"/>""");
        if (last.Usd > 0) html.Add($"""<path class="line c" d="{Steps(line.Spent.Select(spent => Of((double)spent.Usd, (double)(limits.Usd ?? last.Usd)) / top), isArea: false)}"/>""");
        (string, string)[] keys = [("a", limits.Tokens is null ? "tokens (no limit: of their sum)" : "tokens"), ("b", limits.Calls is null ? "calls (no limit: of their sum)" : "calls"), .. last.Usd > 0 ? new[] { ("c", limits.Usd is null ? "money (no limit: of its sum)" : "money") } : []];
        End(html, line, keys);
    }

    private static string Share((long Calls, long Tokens, decimal Usd) last, Rlm.Recursion.Budget.Limits limits)
    {
        var parts = new List<string>();
        if (limits.Tokens is > 0 and var tokens) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{100.0 * last.Tokens / tokens:0.#} % of tokens"));
        if (limits.Calls is > 0 and var calls) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{100.0 * last.Calls / calls:0.#} % of calls"));
        if (limits.Usd is > 0 and var usd && last.Usd > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{100 * last.Usd / usd:0.#} % of the money"));
        return parts.Count == 0 ? "without limits" : string.Join(", ", parts);
    }

    private static void Begin(Html html, string name, string said, string top) =>
        html.Add($"""<figure><figcaption><strong>{name}</strong> <span>{said}</span></figcaption><div class="plot"><span class="top" aria-hidden="true">{top}</span><svg role="img" aria-label="{name}: {said}. The table below has the numbers." viewBox="0 0 {Timeline.Parts} 100" preserveAspectRatio="none"><title>{name}: {said}</title><path class="grid" d="M0 0H{Timeline.Parts}M0 50H{Timeline.Parts}M0 100H{Timeline.Parts}"/>""");

    private static void End(Html html, Timeline line, params (string Name, string Word)[] keys)
    {
        html.Add($"""</svg><span class="axis" aria-hidden="true"><span>0 s</span><span>{PageParts.Time(line.Seconds)}</span></span></div><ul class="legend">""");
        foreach (var (name, word) in keys) html.Add($"""<li><svg class="key" aria-hidden="true" viewBox="0 0 10 10"><path class="line {name}" d="M0 5H10"/></svg> {word}</li>""");
        html.Add($"</ul></figure>");
    }

    private static void Table(Html html, PageModel page)
    {
        var line = page.Timeline;
        html.Add($"""<details id="time-table"><summary>The same as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="over time"><table><thead><tr><th scope="col">until</th><th scope="col">requests at once</th><th scope="col">sessions at once</th><th scope="col">requests</th><th scope="col">tokens</th><th scope="col">money</th></tr></thead><tbody>""");
        for (var row = 0; row < Rows; row++)
        {
            var (from, to) = (row * Timeline.Parts / Rows, (row + 1) * Timeline.Parts / Rows);
            html.Add($"""<tr><th scope="row">{PageParts.Time(line.At(to - 1))}</th><td>{line.Calls[from..to].Max():N0}</td><td>{line.Sessions[from..to].Max():N0}</td><td>{line.Spent[to - 1].Calls:N0}</td><td>{line.Spent[to - 1].Tokens:N0}</td><td>{PageParts.Usd(line.Spent[to - 1].Usd)}</td></tr>""");
        }
        html.Add($"""</tbody></table></div><p class="dim">Requests and tokens as the entries of the recording have them; what the session counts as spent stands at the top.</p></details>""");
    }

    // The axis ends at a round share above what was spent.
    private static double Top(double share) => ((double[])[0.01, 0.02, 0.05, 0.1, 0.2, 0.5]).FirstOrDefault(top => share <= top, 1);

    private static double Of(double value, double all) => all > 0 ? Math.Clamp(value / all, 0, 1) : 0;

    private static string Steps(IEnumerable<double> shares, bool isArea)
    {
        var path = new StringBuilder(isArea ? "M0 100" : "");
        var (at, before) = (0, double.NaN);
        foreach (var share in shares)
        {
            if (at == 0 && !isArea) path.Append(CultureInfo.InvariantCulture, $"M0 {100 - (100 * share):0.#}");
            if (share != before) path.Append(CultureInfo.InvariantCulture, $"{(at == 0 ? "" : $"H{at}")}V{100 - (100 * share):0.#}");
            (before, at) = (share, at + 1);
        }
        path.Append(CultureInfo.InvariantCulture, $"H{Timeline.Parts}");
        return isArea ? path.Append("V100Z").ToString() : path.ToString();
    }
}
