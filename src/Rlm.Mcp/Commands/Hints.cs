using Rlm.Context;

namespace Rlm.Mcp.Commands;

/// <summary>What somebody may have meant, as a sentence for an error.</summary>
internal static class Hints
{
    /// <summary><c> Did you mean --root?</c> with a leading blank, or nothing.</summary>
    public static string Near(string word, IEnumerable<string> names) =>
        NearNames.Of(word, names) is { Count: > 0 } near ? $" Did you mean {string.Join(" or ", near)}?" : "";
}
