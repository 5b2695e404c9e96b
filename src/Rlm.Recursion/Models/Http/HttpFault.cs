using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Rlm.Recursion.Models.Http;

/// <summary>What a status other than a good one means for another try.</summary>
internal static partial class HttpFault
{
    private const int LongestText = 300;

    /// <summary>The fault for a reply.</summary>
    /// <param name="response">Status and headers.</param>
    /// <param name="body">As much of its text as could be read.</param>
    /// <param name="service">Host and port, for people.</param>
    /// <param name="secret">The key, which some services repeat in their complaints.</param>
    /// <param name="time">The clock, for a Retry-After that is a date.</param>
    public static ModelFaultException Of(HttpResponseMessage response, byte[] body, string service, string? secret, TimeProvider time)
    {
        var status = (int)response.StatusCode;
        var text = Plain(body, secret);
        var said = text.Length == 0 ? "" : $": {text}";
        return new(Kind(status, text), string.Create(CultureInfo.InvariantCulture, $"{service} answered {status}{said}")) { RetryAfter = RetryAfter(response, time) };
    }

    private static ModelFaultKind Kind(int status, string text) => status switch
    {
        402 => ModelFaultKind.Quota,
        400 or 403 or 429 when SpeaksOfMoney(text) => ModelFaultKind.Quota,
        429 or 529 => ModelFaultKind.Busy,
        401 or 403 => ModelFaultKind.Denied,
        408 or >= 500 => ModelFaultKind.Unavailable,
        _ => ModelFaultKind.Refused,
    };

    // Links are left out: services name their billing page in messages about rates too.
    private static bool SpeaksOfMoney(string text) => Money().IsMatch(Link().Replace(text, ""));

    [GeneratedRegex(@"spend|quota|billing|credit", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Money();

    [GeneratedRegex(@"https?://[^\s""']+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Gap();

    // One line of the service's words, without our key; what is money or not is read from this much too, since such messages are short.
    private static string Plain(byte[] body, string? secret)
    {
        var text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 16_384)));
        if (!string.IsNullOrEmpty(secret)) text = text.Replace(secret, "***", StringComparison.Ordinal);
        text = Gap().Replace(text, " ").Trim();
        return text.Length <= LongestText ? text : text[..LongestText] + "…";
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        if (Header(response, "retry-after-ms") is { } exact && double.TryParse(exact, NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds)) return Wait(milliseconds / 1000);
        if (Header(response, "Retry-After") is not { } header) return null;
        if (double.TryParse(header, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)) return Wait(seconds);
        return DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? Wait((date - time.GetUtcNow()).TotalSeconds) : null;
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    // A day stands for "not soon": no run lasts so long.
    private static TimeSpan? Wait(double seconds) => double.IsNaN(seconds) ? null : TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 86_400));
}
