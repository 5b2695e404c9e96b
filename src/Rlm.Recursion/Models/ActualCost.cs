using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;

namespace Rlm.Recursion.Models;

/// <summary>What a reply says that it cost, where that can be believed.</summary>
internal static class ActualCost
{
    // No model reads or writes so much in one call; a figure beyond it is a slip or a lie.
    private const long Absurd = 20_000_000;

    /// <summary>The cost to book: missing, negative or absurd figures count as what was reserved; plausible ones above it count in full.</summary>
    public static CallCost Of(Model model, UsageDetails? usage, CallCost worst)
    {
        var input = Plausible(usage?.InputTokenCount, worst.InputTokens);
        var output = Plausible(usage?.OutputTokenCount, worst.OutputTokens);
        if (model.Price is not { } price) return new(1, input, output, 0);
        var read = Math.Clamp(usage?.CachedInputTokenCount ?? 0, 0, input);
        var written = Math.Clamp(Written(usage), 0, input - read);
        var usd = price.Of(input - read - written, output) + (price.Of(read, 0) * model.CacheReadPart) + (price.Of(written, 0) * model.CacheWritePart);
        return new(1, input, output, usd);
    }

    // Nothing read and nothing written is no figure either: something was sent, and something came back.
    private static long Plausible(long? told, long worst) => told is > 0 and <= Absurd ? told.Value : worst;

    private static long Written(UsageDetails? usage) => usage?.AdditionalCounts is { } counts && counts.TryGetValue("CacheCreationInputTokens", out var written) ? written : 0;
}
