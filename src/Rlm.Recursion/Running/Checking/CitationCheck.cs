using System.Text.RegularExpressions;
using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running.Checking;

/// <summary>Checks what models quote against the files as they are now. A quote that shows nothing (white space) is false.</summary>
internal static partial class CitationCheck
{
    /// <summary>Longest quote that is looked for, in characters.</summary>
    public const int MaxQuote = 20_000;

    /// <summary>The citation, checked, under the handle where it stands now. Units are shown to models with line numbers, and where they hold our own tags with <c>&amp;lt;</c>: a quote that is true but for these is true, and is kept as it stands in the file.</summary>
    public static Citation Check(ISessionContext context, ContextScope scope, string handle, string quote, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(quote) || quote.Length > MaxQuote) return new(handle, Cut(quote), QuoteCheck.False);
        foreach (var candidate in Candidates(quote))
            if (!string.IsNullOrWhiteSpace(candidate) && context.Check(scope, handle, candidate, cancellationToken) is var check and not QuoteCheck.False) return new(context.PlaceOf(scope, handle, candidate, cancellationToken), candidate, check);
        return new(handle, Cut(quote), QuoteCheck.False);
    }

    private static IEnumerable<string> Candidates(string quote)
    {
        yield return quote;
        var plain = LineNumber().Replace(quote, "");
        if (plain != quote) yield return plain;
        if (!quote.Contains("&lt;", StringComparison.Ordinal)) yield break;
        yield return quote.Replace("&lt;", "<", StringComparison.Ordinal);
        if (plain != quote) yield return plain.Replace("&lt;", "<", StringComparison.Ordinal);
    }

    private static string Cut(string quote) => quote.Length <= 400 ? quote : quote[..400] + "…";

    [GeneratedRegex(@"^[0-9]{1,9}\t", RegexOptions.Multiline)]
    private static partial Regex LineNumber();
}
