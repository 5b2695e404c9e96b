namespace Rlm.Context.Files;

/// <summary>A file that is held whole in memory.</summary>
public sealed class WholeText(RepoPath path, FileStamp stamp, string language, FileText text) : OpenText(path, stamp, language)
{
    /// <summary>The decoded text.</summary>
    public FileText Text { get; } = text;

    /// <inheritdoc/>
    public override int LineCount => Text.Lines.Count;

    /// <inheritdoc/>
    public override string Lines(LineRange range) => Text.Lines.Lines(range).ToString();

    /// <inheritdoc/>
    public override (string Text, LineRange Columns, int Length) LinePart(int line, LineRange columns)
    {
        var content = Text.Lines.Line(line);
        var start = Math.Clamp(columns.Start - 1, 0, content.Length);
        var end = Math.Clamp(columns.End, start, content.Length);
        if (start > 0 && start < content.Length && char.IsLowSurrogate(content[start])) start--;
        if (end > start && end < content.Length && char.IsHighSurrogate(content[end - 1])) end++;
        return (content[start..end].ToString(), new(start + 1, end), content.Length);
    }

    /// <inheritdoc/>
    public override string? EncodingNote
    {
        get
        {
            var name = Text.Encoding switch
            {
                FileEncoding.Utf16Le => "utf-16le",
                FileEncoding.Utf16Be => "utf-16be",
                _ => "utf-8",
            };
            return Text.HasInvalid ? $"invalid {name} bytes shown as U+FFFD" : name == "utf-8" ? null : name;
        }
    }
}
