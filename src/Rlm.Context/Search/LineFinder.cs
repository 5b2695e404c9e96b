using System.Collections.Immutable;
using Rlm.Context.Files;

namespace Rlm.Context.Search;

/// <summary>The matching lines of one open text, whole or streamed.</summary>
internal static class LineFinder
{
    /// <summary>Lines in order; with <paramref name="ranges"/> only those inside one of them.</summary>
    public static List<LineHit> Find(OpenText text, TextMatcher matcher, ImmutableArray<LineRange>? ranges, CancellationToken cancellationToken)
    {
        var hits = text switch
        {
            WholeText whole => matcher.Find(whole.Text, cancellationToken),
            LargeOpenText large => Stream(large, matcher, cancellationToken),
            _ => throw new InvalidOperationException(),
        };
        if (ranges is { } within) hits.RemoveAll(hit => !within.Any(range => range.Contains(hit.Line)));
        return hits;
    }

    // A line that spans blocks is reported once, at its first match.
    private static List<LineHit> Stream(LargeOpenText text, TextMatcher matcher, CancellationToken cancellationToken)
    {
        var hits = new List<LineHit>();
        var last = 0;
        foreach (var block in text.Blocks(cancellationToken))
        {
            if (!matcher.MayMatch(block.Utf8.Span)) continue;
            foreach (var hit in matcher.Find(FileText.Decode(block.Utf8.Span), cancellationToken))
            {
                var line = block.FirstLine + hit.Line - 1;
                if (line == last) continue;
                var column = hit.Line == 1 ? (int)Math.Min(int.MaxValue, block.FirstColumn + hit.Column - 1) : hit.Column;
                hits.Add(new(line, column, hit.Length));
                last = line;
            }
        }
        return hits;
    }
}
