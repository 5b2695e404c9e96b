namespace Rlm.Context.Files;

/// <summary>A file above the indexing limit, read by line through its sparse line table.</summary>
public sealed class LargeOpenText : OpenText
{
    private readonly Lock _gate = new();
    private readonly LargeText _text;

    internal LargeOpenText(RepoPath path, string language, LargeText text, CancellationToken cancellationToken) : base(path, text.Stamp, language)
    {
        _text = text;
        Table = text.MapLines(cancellationToken);
    }

    /// <summary>The line table, to be kept for the next time.</summary>
    public LineTable Table { get; }

    /// <inheritdoc/>
    public override int LineCount => Table.LineCount;

    /// <inheritdoc/>
    public override string? EncodingNote => _text.Encoding switch
    {
        FileEncoding.Utf16Le => "utf-16le",
        FileEncoding.Utf16Be => "utf-16be",
        _ => null,
    };

    /// <inheritdoc/>
    public override string Lines(LineRange range)
    {
        if (range.Count <= 0) return "";
        lock (_gate) return _text.Read(range, int.MaxValue / 4).Text;
    }

    /// <summary>Part of one line; see <see cref="LargeText.ReadLinePart"/>.</summary>
    public override (string Text, LineRange Columns, int Length) LinePart(int line, LineRange columns)
    {
        lock (_gate)
        {
            var length = _text.LineLength(line);
            if (columns.Start > length) return ("", new(columns.Start, columns.Start - 1), length);
            var part = _text.ReadLinePart(line, columns.Start, Math.Min(columns.End, length));
            return (part.Text, new(part.FromColumn, part.ToColumn), length);
        }
    }

    /// <summary>The whole text as a stream of blocks.</summary>
    internal IEnumerable<TextBlock> Blocks(CancellationToken cancellationToken) => _text.Blocks(cancellationToken);
}
