using System.Collections.Immutable;
using System.Text;
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
        var characters = Array.Empty<char>();
        foreach (var block in text.Blocks(cancellationToken))
        {
            var utf8 = block.Utf8.Span;
            if (!matcher.MayMatch(utf8)) continue;
            if (characters.Length < utf8.Length) characters = new char[utf8.Length];
            AddHits(hits, block, characters.AsMemory(0, Encoding.UTF8.GetChars(utf8, characters)), matcher, cancellationToken);
        }
        return hits;
    }

    private static void AddHits(List<LineHit> hits, TextBlock block, ReadOnlyMemory<char> text, TextMatcher matcher, CancellationToken cancellationToken)
    {
        int line = block.FirstLine, counted = 0;
        matcher.Scan(text.Span, cancellationToken, (start, match, length) =>
        {
            line += text.Span[counted..start].Count('\n');
            counted = start;
            if (hits.Count > 0 && hits[^1].Line == line) return;
            var column = (start == 0 ? block.FirstColumn : 1) + match - start;
            hits.Add(new(line, (int)Math.Min(int.MaxValue, column), length));
        });
    }
}
