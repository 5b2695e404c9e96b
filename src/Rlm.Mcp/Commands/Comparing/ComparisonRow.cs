using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;
using Found = Rlm.Recursion.Context.Finding;

namespace Rlm.Mcp.Commands.Comparing;

/// <summary>What one way to ask came to over all questions.</summary>
/// <param name="Name">The way.</param>
internal sealed record ComparisonRow(string Name)
{
    /// <summary>Questions asked.</summary>
    public int Questions { get; init; }

    /// <summary>Of those with gold, which were answered right.</summary>
    public int Right { get; init; }

    /// <summary>Questions with gold.</summary>
    public int Judged { get; init; }

    /// <summary>Runs that ended complete; the others were partial, or failed.</summary>
    public int Complete { get; init; }

    /// <summary>Quotes that stand where they say.</summary>
    public int TrueCitations { get; init; }

    /// <summary>Quotes.</summary>
    public int Citations { get; init; }

    /// <summary>Tokens that came back to the asker, about: a quarter of the characters.</summary>
    public long RootTokens { get; init; }

    /// <summary>Tokens that models read and wrote.</summary>
    public long TreeTokens { get; init; }

    /// <summary>Model calls.</summary>
    public long Calls { get; init; }

    /// <summary>US dollars; 0 where the price is not known.</summary>
    public decimal Usd { get; init; }

    /// <summary>Wall time.</summary>
    public double Seconds { get; init; }

    /// <summary>Why runs were not complete, each reason once.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>With one more question.</summary>
    /// <param name="right">Null where there is no gold.</param>
    /// <param name="returned">Characters that came back to the asker.</param>
    /// <param name="findings">With their checked quotes.</param>
    /// <param name="isComplete">Whether nothing is missing.</param>
    /// <param name="reason">What is; null for nothing.</param>
    public ComparisonRow With(bool? right, long returned, IReadOnlyList<Found> findings, bool isComplete, string? reason)
    {
        var quotes = findings.SelectMany(finding => finding.Citations).ToArray();
        return this with
        {
            Questions = Questions + 1, Judged = Judged + (right is null ? 0 : 1), Right = Right + (right == true ? 1 : 0), Complete = Complete + (isComplete ? 1 : 0),
            Citations = Citations + quotes.Length, TrueCitations = TrueCitations + quotes.Count(quote => quote.Checked != QuoteCheck.False), RootTokens = RootTokens + (returned / 4),
            Reasons = reason is null ? Reasons : [.. Reasons.Append(reason).Distinct()],
        };
    }

    /// <summary>With one more session.</summary>
    public ComparisonRow With(ComparedQuestion question, SessionState state)
    {
        // A draft is no answer, and what has no support is no part of one.
        var findings = state.Findings.Where(finding => !finding.IsUnsupported).ToArray();
        var answer = state.Answer.Ready ? state.Answer.Content : "";
        var told = findings.Select(finding => $"{finding.Text}\n{finding.Value}").Prepend(answer);
        var row = With(question.IsRight(string.Join('\n', told)), answer.Length + findings.Sum(finding => (long)finding.Text.Length + finding.Citations.Sum(quote => quote.Quote.Length)), state.Findings, state.Status == SessionStatus.Complete, state.Reason);
        return row with { TreeTokens = TreeTokens + state.TreeTokens, Calls = Calls + state.Spent.Calls, Usd = Usd + state.Spent.Usd, Seconds = Seconds + state.Seconds };
    }
}
