using System.Text.Json;
using System.Text.RegularExpressions;
using Rlm.Scripted;

namespace Rlm.Benchmarks.Recursion;

/// <summary>What an obedient model answers to a leaf call: a value for each unit that it was shown, resting on a quote of the unit's first line that can be quoted.</summary>
internal static partial class LeafReplies
{
    /// <summary>Handles of the units of a request and the lengths of their frames, in its order; none for other requests.</summary>
    public static IReadOnlyList<(string Handle, int Characters)> Units(ScriptedRequest request) =>
        [.. Frame().Matches(request.Text).Select(match => (match.Groups[2].Value, match.Length + "</unit>\n".Length))];

    /// <summary>The reply; <paramref name="drops"/> names units that it says nothing about.</summary>
    public static ScriptedReply Of(ScriptedRequest request, Func<string, bool>? drops = null)
    {
        var items = Frame().Matches(request.Text).Where(match => drops?.Invoke(match.Groups[2].Value) != true).Select(match => new
        {
            unit = JsonSerializer.SerializeToElement(int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)),
            value = "seen",
            confidence = 0.9,
            citations = Quote(match.Groups[3].Value) is { } quote ? new[] { new { handle = match.Groups[2].Value, quote } } : [],
        });
        return ScriptedReply.Call("answer", new { items = items.ToArray() });
    }

    // Characters that a frame writes otherwise are left out of quotes.
    private static string? Quote(string lines) =>
        lines.Split('\n').Select(line => line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..].Trim()).FirstOrDefault(line => line.Length > 0 && !line.Contains('<', StringComparison.Ordinal));

    [GeneratedRegex("""^<unit id="([0-9]+)" handle="([^"]*)"[^\n]*>\n((?:[0-9]+\t[^\n]*\n)*)""", RegexOptions.Multiline)]
    private static partial Regex Frame();
}
