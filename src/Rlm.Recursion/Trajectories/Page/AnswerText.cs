using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>
/// Markdown of models as HTML that can do nothing: no HTML of its own, no image, and links to <c>http</c> and <c>https</c> only. Headings begin below those of the page.
/// </summary>
internal static class AnswerText
{
    // Some texts take a parser of Markdown the square of their length.
    private const int Longest = 40_000;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).Build();

    /// <summary>The HTML; null where the text is no Markdown that should be read as such: too long, nested too deep, or JSON.</summary>
    public static Markup? Of(string text)
    {
        if (text.Length > Longest || PageParts.IsJson(text)) return null;
        try
        {
            // Before it is parsed: what is invisible may stand anywhere, in a link's address too.
            var document = Markdown.Parse(Html.Visible(text), Pipeline);
            var headings = document.Descendants<HeadingBlock>().ToArray();
            var top = headings.Length == 0 ? 1 : headings.Min(heading => heading.Level);
            foreach (var heading in headings) heading.Level = Math.Min(6, heading.Level - top + 3);
            foreach (var link in document.Descendants<LinkInline>().ToArray()) Tame(link);
            foreach (var link in document.Descendants<AutolinkInline>().ToArray())
                if (link.IsEmail || !IsWeb(link.Url)) link.ReplaceBy(new LiteralInline(link.Url));
                else link.GetAttributes().AddProperty("rel", "noreferrer noopener");
            return new(document.ToHtml(Pipeline));
        }
        catch (ArgumentException)
        {
            // How Markdig says that it is nested too deep.
            return null;
        }
    }

    private static void Tame(LinkInline link)
    {
        if (!link.IsImage && IsWeb(link.Url))
        {
            link.Title = null; // seen with a mouse only
            link.GetAttributes().AddProperty("rel", "noreferrer noopener");
            return;
        }
        // What it says stays, and where it would lead stands beside it as text.
        link.InsertAfter(new LiteralInline($" ({link.Url})"));
        link.ReplaceBy(new ContainerInline(), copyChildren: true);
    }

    private static bool IsWeb(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
