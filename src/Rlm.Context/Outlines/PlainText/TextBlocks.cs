using Rlm.Context.Files;
using Rlm.Context.Outlines.Markup;

namespace Rlm.Context.Outlines.PlainText;

/// <summary>A heading or a paragraph of a plain text.</summary>
/// <param name="Lines">Where it is.</param>
/// <param name="Level">Level of a heading from 1; 0 for a paragraph.</param>
/// <param name="Title">Its text on one line, cut after 200 characters.</param>
internal readonly record struct TextBlock(LineRange Lines, int Level, string Title);

/// <summary>Splits a plain text at blank lines and knows headings by their look: underlined, numbered (<c>1.2 Title</c>), or all capitals.</summary>
internal static class TextBlocks
{
    private const int MaxHeading = 80;

    /// <summary>The first <paramref name="limit"/> blocks, file order.</summary>
    public static List<TextBlock> Read(FileText text, int limit, CancellationToken cancellationToken)
    {
        var lines = text.Lines;
        var blocks = new List<TextBlock>();
        var start = 0; // first line of the paragraph that is open, or 0
        for (var line = 1; line <= lines.Count && blocks.Count < limit; line++)
        {
            if (line % 4096 == 0) cancellationToken.ThrowIfCancellationRequested();
            var content = lines.Line(line);
            if (content.IsWhiteSpace()) ClosePast(line - 1);
            else if (start == 0 && HeadingLevel(lines, line, out var height) is var level and > 0)
            {
                blocks.Add(new TextBlock(new LineRange(line, line + height - 1), level, Sections.OneLine(content)));
                line += height - 1;
            }
            else if (start == 0) start = line;
        }
        if (blocks.Count < limit) ClosePast(lines.Count);
        return blocks;

        void ClosePast(int last)
        {
            if (start > 0) blocks.Add(new TextBlock(new LineRange(start, last), 0, Sections.OneLine(lines.Line(start))));
            start = 0;
        }
    }

    private static int HeadingLevel(LineMap lines, int line, out int height)
    {
        height = 1;
        var content = lines.Line(line).Trim();
        if (content.Length is 0 or > MaxHeading) return 0;
        var next = line < lines.Count ? lines.Line(line + 1).Trim() : default;
        if (UnderlineLevel(next, content.Length) is var underlined and > 0 && !char.IsPunctuation(content[0]))
        {
            height = 2;
            return underlined;
        }
        var standsAlone = next.IsEmpty;
        if (standsAlone && NumberLevel(content) is var numbered and > 0) return numbered;
        return standsAlone && IsAllCapitals(content) ? 1 : 0;
    }

    private static int UnderlineLevel(ReadOnlySpan<char> line, int width)
    {
        if (line.Length < 3 || line.Length < width / 2 || line.Length > width + 10 || line[0] is not ('=' or '-' or '~' or '*' or '#')) return 0;
        if (line.ContainsAnyExcept(line[0])) return 0;
        return line[0] is '=' or '#' ? 1 : 2;
    }

    // 1 Title, 1.2 Title, 1.2.3. Title: the level is the count of numbers. Items of a list end in a full stop more often than titles do.
    private static int NumberLevel(ReadOnlySpan<char> line)
    {
        int at = 0, level = 0;
        while (at < line.Length && char.IsAsciiDigit(line[at]))
        {
            while (at < line.Length && char.IsAsciiDigit(line[at])) at++;
            level++;
            if (at < line.Length && line[at] == '.') at++;
            else break;
        }
        if (level is 0 or > 6 || at >= line.Length || line[at] != ' ') return 0;
        var title = line[at..].Trim();
        return title.Length > 1 && char.IsUpper(title[0]) && title[^1] is not ('.' or ',' or ';' or ':') ? level : 0;
    }

    private static bool IsAllCapitals(ReadOnlySpan<char> line)
    {
        var letters = 0;
        foreach (var character in line)
        {
            if (char.IsLower(character) || character is '=' or '{' or '}' or '|') return false;
            if (char.IsUpper(character)) letters++;
        }
        return letters >= 4 && letters * 2 >= line.Length;
    }
}
