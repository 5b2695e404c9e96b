using System.Text.Json;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>The answer, or the draft, labelled as one.</summary>
internal static class AnswerPart
{
    private const int MostCounts = 100;

    public static void Write(Html html, PageModel page)
    {
        var state = page.Root.State;
        html.Add($"""<section id="answer" aria-labelledby="answer-h"><h2 id="answer-h">{(state.Answer.Ready || state.Answer.Content.Length == 0 ? "Answer" : "Draft, not an answer")}</h2>""");
        if (state.Answer.Content.Length == 0) html.Add($"<p>{(state.IsEnded ? "There is none." : "There is none yet.")}</p>");
        else Content(html, state.Answer.Content, page.Cuts);
        html.Add($"</section>");
    }

    /// <summary>An answer as Markdown, or as the text that it is.</summary>
    public static void Content(Html html, string content, PageCuts cuts)
    {
        if (cuts.TakesFormatted(content) && AnswerText.Of(content) is { } text) html.Add($"""<div class="prose">{text}</div>""");
        else if (Counts(content) is { } counts) Table(html, counts);
        else PageParts.Block(html, PageParts.Pretty(content), cuts, "answer");
    }

    // What a merge by count gives; null where it is something else.
    private static IReadOnlyList<(string Name, long Count)>? Counts(string content)
    {
        if (PageParts.Parsed(content) is not { ValueKind: JsonValueKind.Object } json) return null;
        var counts = json.EnumerateObject().Take(MostCounts + 1).Select(member => (member.Name, Count: member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt64(out var count) ? count : -1)).ToArray();
        return counts.Length is 0 or > MostCounts || counts.Any(one => one.Count < 0) ? null : counts;
    }

    private static void Table(Html html, IReadOnlyList<(string Name, long Count)> counts)
    {
        var most = Math.Max(1, counts.Max(one => one.Count));
        html.Add($"""<div class="scroll counted"><table><tbody>""");
        foreach (var (name, count) in counts.OrderByDescending(one => one.Count)) html.Add($"""<tr><th scope="row">{name}</th><td class="n">{count:N0}</td><td><svg class="bar" aria-hidden="true" viewBox="0 0 100 1" preserveAspectRatio="none"><rect class="c-judged" width="{100.0 * count / most:0.##}" height="1"/></svg></td></tr>""");
        html.Add($"</tbody></table></div>");
    }
}
