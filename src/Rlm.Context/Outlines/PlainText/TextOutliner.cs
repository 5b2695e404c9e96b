using Rlm.Context.Files;
using Rlm.Context.Outlines.Markup;

namespace Rlm.Context.Outlines.PlainText;

/// <summary>Plain text by headings and paragraphs; logs by time ranges.</summary>
internal sealed class TextOutliner : IOutlineProvider
{
    private const int MaxSymbols = 2000;
    private const int MaxName = 60;

    public string Name => "text";

    public Outline Outline(RepoPath path, string language, FileText text, CancellationToken cancellationToken)
    {
        if (LogUnits.TryRead(text, language == "log", cancellationToken) is { } units) return new Outline(Name, SymbolTree.Build(units));
        var blocks = TextBlocks.Read(text, MaxSymbols, cancellationToken);
        return new Outline(Name, SymbolTree.Build(Nest(blocks, text)), blocks.Count == MaxSymbols ? $"first {MaxSymbols} paragraphs" : null);
    }

    private static List<Draft> Nest(IReadOnlyList<TextBlock> blocks, FileText text)
    {
        var headings = blocks.Where(block => block.Level > 0).Select(block => new Heading(block.Lines.Start, block.Level, block.Title, block.Title)).ToList();
        var roots = Sections.Nest(headings, text.Lines);
        var sections = Flatten(roots).ToList();
        var current = -1;
        foreach (var block in blocks)
        {
            if (block.Level > 0) current++;
            else (current < 0 ? roots : sections[current].Children).Add(Paragraph(block));
        }
        Sort(roots);
        return roots;
    }

    private static IEnumerable<Draft> Flatten(IEnumerable<Draft> drafts) => drafts.SelectMany(draft => Flatten(draft.Children).Prepend(draft));

    private static void Sort(List<Draft> drafts)
    {
        drafts.Sort((one, other) => one.Start.CompareTo(other.Start));
        foreach (var draft in drafts) Sort(draft.Children);
    }

    private static Draft Paragraph(TextBlock block)
    {
        var name = block.Title.Length <= MaxName ? block.Title : block.Title[..MaxName].TrimEnd() + "…";
        return new Draft(SymbolKinds.Paragraph, name)
        {
            Start = block.Lines.Start, End = block.Lines.End, NameLine = block.Lines.Start, DocStart = block.Lines.Start, Signature = block.Title,
        };
    }
}
