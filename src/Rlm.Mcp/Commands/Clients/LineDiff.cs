using System.Text;

namespace Rlm.Mcp.Commands.Clients;

/// <summary>The changed stretch of a text in the manner of <c>diff -u</c>: what is equal at both ends is left out but for two lines.</summary>
internal static class LineDiff
{
    private const int Around = 2;

    public static string Of(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var head = 0;
        while (head < Math.Min(old.Length, now.Length) && old[head] == now[head]) head++;
        var tail = 0;
        while (tail < Math.Min(old.Length, now.Length) - head && old[^(tail + 1)] == now[^(tail + 1)]) tail++;
        var text = new StringBuilder();
        Append(text, ' ', old[Math.Max(0, head - Around)..head]);
        Append(text, '-', old[head..^tail]);
        Append(text, '+', now[head..^tail]);
        Append(text, ' ', old[^tail..^Math.Max(0, tail - Around)]);
        return text.ToString();
    }

    private static void Append(StringBuilder text, char sign, string[] lines)
    {
        foreach (var line in lines) text.Append(sign).Append(' ').Append(line).Append('\n');
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
