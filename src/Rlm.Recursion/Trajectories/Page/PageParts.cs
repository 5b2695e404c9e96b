using System.Globalization;
using System.Text.Json;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>Small things that several parts of the page show alike.</summary>
internal static class PageParts
{
    private const int LongestJson = 200_000;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };
    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };

    /// <summary>A status as a word behind its sign; the sign is no text for a screen reader.</summary>
    public static Markup Status(SessionStatus status)
    {
        var (name, sign, word) = status switch
        {
            SessionStatus.Running => ("run", "●", "running"),
            SessionStatus.NeedsHost => ("run", "◌", "waits for the client"),
            SessionStatus.Complete => ("good", "✓", "complete"),
            SessionStatus.Partial => ("warn", "◐", "partial"),
            SessionStatus.Cancelled => ("warn", "■", "cancelled"),
            _ => ("bad", "✕", "failed"),
        };
        return Badge(name, sign, word);
    }

    /// <summary>A word with a sign and a colour.</summary>
    public static Markup Badge(string name, string sign, string word)
    {
        var html = new Html();
        html.Add($"""<span class="badge {name}"><span aria-hidden="true">{sign}</span> {word}</span>""");
        return new(html.ToString());
    }

    /// <summary>A text in a block that keeps its lines and scrolls within itself.</summary>
    public static void Block(Html html, string text, PageCuts cuts, string label)
    {
        var (shown, rest) = cuts.Take(text);
        html.Add($"""<pre tabindex="0" role="region" aria-label="{label}">{shown}</pre>""");
        if (rest is not null) html.Add($"""<p class="cut">{rest}; <code>trace --json</code> has all.</p>""");
    }

    /// <summary>JSON with line breaks; what is no JSON, or holds half a letter, as it is.</summary>
    public static string Pretty(string text) => Parsed(text) is { } json ? Pretty(json) : text;

    /// <summary>The same of a value.</summary>
    public static string Pretty(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined) return "";
        try
        {
            return JsonSerializer.Serialize(value, Indented);
        }
        catch (Exception half) when (half is JsonException or InvalidOperationException)
        {
            return value.GetRawText();
        }
    }

    /// <summary>Whether a text is a JSON object or array.</summary>
    public static bool IsJson(string text) => Parsed(text) is not null;

    /// <summary>A string of JSON; another value, or a string that holds half a letter, as it is written.</summary>
    public static string Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : JsonSerializer.Serialize(value, Compact);
        }
        catch (Exception half) when (half is JsonException or InvalidOperationException)
        {
            return value.GetRawText();
        }
    }

    /// <summary>A JSON object or array; null where a text is none.</summary>
    public static JsonElement? Parsed(string text)
    {
        if (text.Length > LongestJson || text.AsSpan().TrimStart() is not ['{' or '[', ..]) return null;
        try
        {
            using var json = JsonDocument.Parse(text, new() { MaxDepth = 512 });
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>One line of a text, at most so long.</summary>
    public static string Line(string text, int most = 200)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= most ? line : line[..most] + "…";
    }

    /// <summary>A handle without the hash of its text, which says nothing to people.</summary>
    public static string Place(string handle) => Running.HandlePath.WithLines(handle);

    /// <summary>US dollars; <c>–</c> for nothing.</summary>
    public static string Usd(decimal usd) => usd == 0 ? "–" : usd.ToString("0.00##", CultureInfo.InvariantCulture) + " USD";

    /// <summary>A stretch of time: <c>0.4 s</c>, <c>2 min 5 s</c>.</summary>
    public static string Time(double seconds) => seconds < 60 ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s") : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60):N0} min {Math.Floor(seconds % 60):0} s");

    /// <summary>A count with its noun.</summary>
    public static string Count(long count, string one, string? many = null) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");
}
