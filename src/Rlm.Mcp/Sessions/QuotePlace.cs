using System.Text;
using Rlm.Context.Files;

namespace Rlm.Mcp.Sessions;

/// <summary>Finds the lines of a text that hold a quote.</summary>
internal static class QuotePlace
{
    /// <summary>The lines nearest to a place that hold the quote, white space not counted; null where none do.</summary>
    /// <param name="text">The file.</param>
    /// <param name="within">Where to look.</param>
    /// <param name="quote">What to look for.</param>
    /// <param name="near">A line.</param>
    public static LineRange? Lines(OpenText text, LineRange within, string quote, int near)
    {
        var wanted = string.Concat(quote.Where(letter => !char.IsWhiteSpace(letter)));
        if (wanted.Length == 0) return null;
        // Of each letter that is no white space, its line.
        var (letters, lines, line) = (new StringBuilder(), new List<int>(), within.Start);
        foreach (var content in text.Lines(within).EnumerateLinesOf())
        {
            foreach (var letter in content.Where(letter => !char.IsWhiteSpace(letter)))
            {
                letters.Append(letter);
                lines.Add(line);
            }
            line++;
        }
        var bare = letters.ToString();
        LineRange? best = null;
        for (var at = bare.IndexOf(wanted, StringComparison.Ordinal); at >= 0; at = bare.IndexOf(wanted, at + 1, StringComparison.Ordinal))
            if (best is not { } known || Math.Abs(lines[at] - near) < Math.Abs(known.Start - near)) best = new(lines[at], lines[at + wanted.Length - 1]);
        return best;
    }
}
