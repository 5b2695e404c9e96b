using System.Globalization;
using Rlm.Context.Files;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>Reads the argument <c>since</c>: a day, a moment, or an age in hours, days, weeks, months or years.</summary>
internal static class HistorySince
{
    /// <exception cref="ToolException">It is none of them.</exception>
    public static DateTimeOffset? Of(ToolArguments arguments, TimeProvider time)
    {
        if (arguments.Text("since") is not { } text) return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && text.Length >= 8 && char.IsAsciiDigit(text[0])) return moment;
        if (text.Length is >= 2 and <= 6 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 9_000 && Back(time.GetUtcNow(), text[^1], count) is { } past) return past;
        throw new ToolException(ErrorCodes.BadArgument, $"since {TextAnswer.Cut(NameEscaping.Escape(text), 60)} is neither a day nor an age", "Write 2026-01-31, or 90d, 2w, 6m, 1y.");
    }

    private static DateTimeOffset? Back(DateTimeOffset now, char unit, int count)
    {
        try
        {
            return unit switch
            {
                'h' => now.AddHours(-count),
                'd' => now.AddDays(-count),
                'w' => now.AddDays(-7 * count),
                'm' => now.AddMonths(-count),
                'y' => now.AddYears(-count),
                _ => null,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTimeOffset.MinValue;
        }
    }
}
