using System.Text;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Scopes;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>
/// Builds a text answer under its size: a header line (what was asked · shown A of B · complete or partial · snapshot), a body that grows block by block
/// while it fits, and closing lines. Room for header and closing lines is kept from the start.
/// </summary>
internal sealed class TextAnswer
{
    private readonly StringBuilder _body = new();
    private readonly long _limit;
    private long _used;

    /// <param name="size">The limit of the whole answer.</param>
    /// <param name="reserve">Bytes kept for the header and the closing lines.</param>
    public TextAnswer(AnswerSize size, int reserve) => _limit = size.IsUnlimited ? long.MaxValue : Math.Max(0, size.Limit - reserve);

    /// <summary>Bytes that the body may still grow by.</summary>
    public long Left => _limit - _used;

    public bool IsEmpty => _used == 0;

    /// <summary>Adds a block (one or more lines, the last without its line break) if it fits whole.</summary>
    public bool TryAdd(string block)
    {
        var cost = AnswerSize.Bytes(block) + 1;
        if (cost > Left) return false;
        _body.Append(block).Append('\n');
        _used += cost;
        return true;
    }

    /// <summary>Adds a block that had to be shortened for this answer, and be it longer than what is left: without it the list would stand still.</summary>
    public void Force(string block)
    {
        _body.Append(block).Append('\n');
        _used += AnswerSize.Bytes(block) + 1;
    }

    /// <summary>The whole answer.</summary>
    public string Finish(string header, IEnumerable<string> closing)
    {
        var text = new StringBuilder(header).Append('\n').Append(_body);
        foreach (var line in closing) text.Append(line).Append('\n');
        text.Length--;
        return text.ToString();
    }

    /// <summary><c>skipped: 12 ignored, 3 binary</c>; null when nothing was.</summary>
    public static string? Skipped(Snapshot snapshot)
    {
        var parts = snapshot.Skipped.Where(item => item.Value > 0).OrderBy(item => item.Key)
            .Select(item => $"{item.Value:N0}{(item.Key == SkipReason.Ignored && snapshot.IgnoredIsLowerBound ? "+" : "")} {SkipReasons.NameOf(item.Key)}").ToArray();
        return parts.Length == 0 ? null : "skipped: " + string.Join(", ", parts);
    }

    /// <summary>Bytes of lines with their line breaks.</summary>
    public static int BytesOf(IEnumerable<string> lines) => lines.Sum(line => AnswerSize.Bytes(line) + 1);

    /// <summary>Text cut to a width in UTF-16 units, with <c>…</c> where it was cut; no pair is split.</summary>
    public static string Cut(string text, int width)
    {
        if (text.Length <= width) return text;
        var end = Math.Max(0, width);
        if (end > 0 && char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end] + "…";
    }

    /// <summary>Text as a quoted argument of a call, ready to paste.</summary>
    public static string Quoted(string text) => "\"" + NameEscaping.Escape(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\\\\u{", "\\u{", StringComparison.Ordinal) + "\"";

    /// <summary>What a kept set lost since it was made; null when nothing.</summary>
    public static string? Losses(ScopeLosses losses)
    {
        if (losses.None) return null;
        var parts = new List<string>();
        if (losses.Gone > 0) parts.Add($"{losses.Gone:N0} gone");
        if (losses.Moved > 0) parts.Add($"{losses.Moved:N0} moved and followed");
        if (losses.NotCovered > 0) parts.Add($"{losses.NotCovered:N0} no longer covered");
        return "set items: " + string.Join(", ", parts);
    }

    /// <summary>Bytes as people read them: <c>812 B</c>, <c>12.3 KB</c>, <c>690 MB</c> (powers of 1,000).</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => FormattableString.Invariant($"{bytes / 1e3:0.#} KB"),
        < 1_000_000_000 => FormattableString.Invariant($"{bytes / 1e6:0.#} MB"),
        _ => FormattableString.Invariant($"{bytes / 1e9:0.##} GB"),
    };
}
