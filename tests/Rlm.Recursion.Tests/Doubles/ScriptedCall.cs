using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Rlm.Recursion.Tests.Doubles;

/// <summary>A request as a model sees it.</summary>
public sealed partial record ScriptedCall(int Number, string Purpose, IReadOnlyList<ChatMessage> Messages, ChatOptions Options)
{
    public string User => Messages[^1].Text;

    public string System => Messages[0].Text;

    /// <summary>The units it is asked about: frames that begin and end lines of their own.</summary>
    public IReadOnlyList<ScriptedUnit> Units => [.. Frame().Matches(User).Select(match => new ScriptedUnit(
        int.Parse(match.Groups[1].Value, global::System.Globalization.CultureInfo.InvariantCulture), match.Groups[2].Value, match.Groups[3].Success ? match.Groups[3].Value : null, match.Groups[4].Value))];

    [GeneratedRegex(@"^<unit id=""([0-9]+)"" handle=""([^""]*)""(?: symbol=""([^""]*)"")?(?: callers=""[^""]*"")?>\n(.*?)^</unit>$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Frame();
}
