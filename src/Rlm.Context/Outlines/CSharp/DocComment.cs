namespace Rlm.Context.Outlines.CSharp;

/// <summary>The doc comment in front of a declaration: <c>///</c> lines or one <c>/** */</c>.</summary>
/// <param name="Start">Offset of its first character.</param>
/// <param name="Text">The comment with its signs.</param>
internal readonly record struct DocComment(int Start, string Text)
{
    /// <summary>Looks in the white space and comments between two offsets; the last comment stands. Null when there is none.</summary>
    public static DocComment? Find(string text, int from, int to)
    {
        var space = text.AsSpan(from, to - from);
        if (space.IndexOf("///") < 0 && space.IndexOf("/**") < 0) return null;
        int start = -1, end = -1;
        var isOpen = false; // the line before was a /// line of the same comment
        for (var at = 0; at < space.Length;)
        {
            var length = space[at..].IndexOf('\n') is var found and >= 0 ? found + 1 : space.Length - at;
            var line = space.Slice(at, length);
            var indent = line.Length - line.TrimStart().Length;
            var content = line[indent..];
            if (content.StartsWith("///") && !content.StartsWith("////"))
            {
                if (!isOpen) start = at + indent;
                end = at + line.TrimEnd().Length;
                isOpen = true;
            }
            else isOpen = false;
            if (content.StartsWith("/*"))
            {
                var close = space[(at + indent + 2)..].IndexOf("*/");
                var commentEnd = close < 0 ? space.Length : at + indent + 2 + close + 2;
                if (content.StartsWith("/**") && !content.StartsWith("/***") && !content.StartsWith("/**/")) (start, end) = (at + indent, commentEnd);
                at = commentEnd;
            }
            else at += length;
        }
        return start < 0 ? null : new DocComment(from + start, space[start..end].ToString());
    }

    /// <summary>Text of the summary on one line; empty for <c>inheritdoc</c> and for comments without a summary.</summary>
    public string Summary() => DocSummary.Of(Text);
}
