using System.Text.RegularExpressions;

namespace Rlm.Context.History.Opening;

/// <summary>
/// Tells revisions and ranges of them from paths and symbols by their look. A name that exists in the work tree is never asked here: it is that path.
/// <code>
/// main..HEAD   v1.0...v2.0   HEAD~3..   3fa9c1d2   HEAD^2~1   feature/x
/// </code>
/// </summary>
public static partial class RevisionSyntax
{
    /// <summary>True for <c>A..B</c> and <c>A...B</c>, where either side may be left out and then means <c>HEAD</c>.</summary>
    public static bool IsRange(string text) => Split(text) is not null;

    /// <summary>Both sides, <c>HEAD</c> where one was left out, and whether it has three dots; null when it is no range.</summary>
    public static (string From, string To, bool FromMergeBase)? Split(string text)
    {
        var match = RangePattern().Match(text);
        if (!match.Success) return null;
        var (from, to) = (match.Groups["from"].Value, match.Groups["to"].Value);
        // ../x, x/.. and x/../y are paths.
        if (from.EndsWith('/') || to.StartsWith('/') || (from.Length == 0 && to.Length == 0) || to.Contains("..", StringComparison.Ordinal)) return null;
        return (from.Length == 0 ? "HEAD" : from, to.Length == 0 ? "HEAD" : to, match.Groups["dots"].Length == 3);
    }

    [GeneratedRegex(@"^(?<from>[^\s:?*\[\\-][^\s:?*\[\\]*?|)(?<dots>\.{2,3})(?<to>[^\s:?*\[\\.-][^\s:?*\[\\]*|)\z")]
    private static partial Regex RangePattern();
}
