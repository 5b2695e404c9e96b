using Rlm.Context.Files;

namespace Rlm.Context.Outlines.Heuristic;

/// <summary>A text with its lines and mask, and what all line-minded outliners ask of it.</summary>
internal sealed class SourceLines(string language, FileText text)
{
    private const int MaxSignature = 300;

    private readonly bool _isPython = language == "python";

    public string Text { get; } = text.Text;

    public LineMap Lines { get; } = text.Lines;

    /// <summary>The text without strings and comments, same offsets.</summary>
    public string Mask { get; } = CodeMask.Of(language, text.Text);

    public ReadOnlySpan<char> MaskedLine(int line) => Mask.AsSpan(Lines.StartOf(line), Lines.EndOf(line) - Lines.StartOf(line));

    /// <summary>A draft for a declaration whose text (signature) lies between two offsets; comment and annotation lines above it are looked up.</summary>
    public Draft Declare(string kind, string name, int start, int end)
    {
        var line = Lines.LineOf(start);
        var first = FirstAnnotation(line);
        var docStart = FirstComment(first, out var doc);
        return new Draft(kind, name)
        {
            Start = first, End = line, NameLine = line, DocStart = docStart, Doc = doc,
            Signature = SignatureText.Squeeze(Text, start, Math.Min(end, start + MaxSignature)),
        };
    }

    private int FirstAnnotation(int line)
    {
        while (line > 1 && Lines.Line(line - 1).Trim() is var above && (above.StartsWith("@") || above.StartsWith("#["))) line--;
        return line;
    }

    // The comment right above; its first line with words is the doc.
    private int FirstComment(int line, out string doc)
    {
        doc = "";
        var first = line;
        for (var above = line - 1; above >= 1 && line - above <= 200; above--)
        {
            var content = Lines.Line(above).Trim();
            if (content.IsEmpty || !MaskedLine(above).IsWhiteSpace() || content.StartsWith("#!") || (_isPython && content[0] != '#')) break;
            first = above;
            var words = content.Trim("/*#-!;%\"' ");
            if (!words.IsEmpty) doc = Markup.Sections.OneLine(words);
        }
        return first;
    }
}
