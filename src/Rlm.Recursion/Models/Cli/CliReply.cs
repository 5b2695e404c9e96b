using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Rlm.Recursion.Models.Cli;

/// <summary>An agent's answer.</summary>
/// <param name="Text">What it said.</param>
/// <param name="Usage">What it says that it used; null where it does not say.</param>
internal sealed partial record CliReply(string Text, UsageDetails? Usage)
{
    /// <summary>What an agent's complaint means for another try. Agents have their own retries behind them when they complain.</summary>
    /// <param name="program">Which.</param>
    /// <param name="complaint">Its words.</param>
    public static ModelFaultException Fault(string program, string complaint)
    {
        var text = Gap().Replace(complaint, " ").Trim();
        if (text.Length > 300) text = text[..300] + "…";
        var kind = Login().IsMatch(text) ? ModelFaultKind.Denied
            : Money().IsMatch(text) ? ModelFaultKind.Quota
            : Busy().IsMatch(text) ? ModelFaultKind.Busy
            : Refused().IsMatch(text) ? ModelFaultKind.Refused
            : ModelFaultKind.Unavailable;
        // Whether it asked its model, only the agent knows.
        return new(kind, $"{program}: {(text.Length == 0 ? "ended without a word" : text)}") { MayHaveCost = kind is not ModelFaultKind.Denied };
    }

    /// <summary>The fault for output that is not what the agent promises.</summary>
    public static ModelFaultException Broken(string program, string what) => new(ModelFaultKind.Broken, $"{program}: {what}") { MayHaveCost = true };

    /// <summary>A number of tokens; null where it is none.</summary>
    public static long? Number(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var number) ? number : null;

    /// <summary>A text; null where it is none.</summary>
    public static string? String(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Gap();

    [GeneratedRegex(@"log ?in|api key|unauthorized|authenticat|\b40[13]\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Login();

    [GeneratedRegex(@"usage limit|spend|quota|billing|credit", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Money();

    [GeneratedRegex(@"rate limit|overloaded|too many|\b(429|529)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Busy();

    [GeneratedRegex(@"too long|unknown option|unexpected argument|invalid_request|\b(400|404|413)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Refused();
}
