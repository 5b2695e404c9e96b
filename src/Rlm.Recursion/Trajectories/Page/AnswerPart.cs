using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>The answer, or the draft, labelled as one.</summary>
internal static class AnswerPart
{
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
        if (AnswerText.Of(content) is { } text) html.Add($"""<div class="prose">{text}</div>""");
        else PageParts.Block(html, PageParts.Pretty(content), cuts, "answer");
    }
}
