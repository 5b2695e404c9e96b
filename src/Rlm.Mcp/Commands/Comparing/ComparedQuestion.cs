using System.Text.RegularExpressions;

namespace Rlm.Mcp.Commands.Comparing;

/// <summary>One question of a comparison.</summary>
/// <param name="Task">The question.</param>
/// <param name="Over">Scopes; none for everything.</param>
/// <param name="Gold">What a right answer holds: a text, whatever its case, or a regular expression between slashes; null where nobody knows.</param>
internal sealed record ComparedQuestion(string Task, IReadOnlyList<string> Over, string? Gold)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Whether an answer is right; null where there is no gold.</summary>
    public bool? IsRight(string answer)
    {
        if (Gold is null) return null;
        if (Pattern(Gold) is not { } pattern) return answer.Contains(Gold, StringComparison.OrdinalIgnoreCase);
        try
        {
            return pattern.IsMatch(answer);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>The expression between slashes, which ignores case; null for plain text.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static Regex? Pattern(string gold) =>
        gold is ['/', _, .., '/'] ? new(gold[1..^1], RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience) : null;
}
