using Markdig;
using Markdig.Parsers.Inlines;
using Markdig.Syntax;
using Rlm.Context.Files;
using Rlm.Context.Outlines.Heuristic;

namespace Rlm.Context.Outlines.Markup;

/// <summary>Markdown sections: each heading with its text up to the next heading of the same or a higher level. Front matter and fenced code hold no headings.</summary>
internal sealed class MarkdownOutliner : IOutlineProvider
{
    private const int MaxSymbols = 5000;
    private const int MaxCostlyLines = 20_000;

    private static readonly MarkdownPipeline Blocks = BlocksOnly();

    public string Name => "markdown";

    public Outline Outline(RepoPath path, string language, FileText text, CancellationToken cancellationToken)
    {
        if (!IsAffordable(text.Lines)) return new Outline("heuristic", SymbolTree.Build(LineOutliner.Read("markdown", text, cancellationToken)), "too many blocks");
        var headings = BigStack.Run(() => Headings(text, cancellationToken));
        return new Outline(Name, SymbolTree.Build(Sections.Nest(headings, text.Lines)), headings.Count == MaxSymbols ? $"first {MaxSymbols} headings" : null);
    }

    // The parser's time is quadratic in link definitions of one paragraph and in underlined headings: 150,000 take it 5 to 20 s.
    private static bool IsAffordable(LineMap lines)
    {
        var costly = 0;
        for (var line = 1; line <= lines.Count; line++)
            if (lines.Line(line).TrimStart() is ['=' or '-' or '[', ..]) costly++;
        return costly <= MaxCostlyLines;
    }

    private static List<Heading> Headings(FileText text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var headings = new List<Heading>();
        foreach (var block in Parse(text.Text))
        {
            if (block is not HeadingBlock heading || headings.Count == MaxSymbols) continue;
            var title = Title(heading, text.Text);
            headings.Add(new Heading(text.Lines.LineOf(heading.Span.Start), heading.Level, title, new string('#', heading.Level) + " " + title));
        }
        return headings;
    }

    private static MarkdownDocument Parse(string text)
    {
        try
        {
            return Markdown.Parse(text, Blocks);
        }
        catch (ArgumentException tooDeep)
        {
            // How Markdig says that block quotes or lists go deeper than its limit.
            throw new InsufficientExecutionStackException("", tooDeep);
        }
    }

    // As written, with its inline marks, without those of the heading itself.
    private static string Title(HeadingBlock heading, string text)
    {
        var written = text.AsSpan(heading.Span.Start, Math.Min(heading.Span.End + 1, text.Length) - heading.Span.Start).TrimEnd();
        if (heading.IsSetext) return Plain(written[..Math.Max(0, written.LastIndexOf('\n'))]);
        written = written.TrimStart().TrimStart('#').Trim();
        var closing = written.TrimEnd('#');
        return Plain(closing.IsEmpty || closing[^1] is ' ' or '\t' ? closing : written);
    }

    private static string Plain(ReadOnlySpan<char> written) => Sections.OneLine(PlainTitle.Of(written.ToString()));

    // Only blocks matter here; inline syntax is the slower half of a parse and the one with the bombs.
    private static MarkdownPipeline BlocksOnly()
    {
        var builder = new MarkdownPipelineBuilder().UseYamlFrontMatter();
        builder.InlineParsers.Clear();
        builder.InlineParsers.Add(new LiteralInlineParser());
        return builder.Build();
    }
}
