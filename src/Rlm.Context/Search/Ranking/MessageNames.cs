using System.Text.RegularExpressions;
using Rlm.Context.Index;

namespace Rlm.Context.Search.Ranking;

/// <summary>
/// A question that quotes a message finds the member of a class of resources that holds it (<c>CoreStrings.NoProvider</c>), while what is wanted is the code that uses it: the
/// names of such members are looked for too.
/// </summary>
internal static partial class MessageNames
{
    private const int MostNames = 3, MostUses = 60;
    private const double LeastFit = 0.4, Weight = 1.5;

    /// <summary>The names, as terms; empty when no message fits.</summary>
    public static IReadOnlyList<WeightedTerm> In(IEnumerable<UnitCandidate> candidates, QueryWeights weights, Func<ulong, int> unitsWith) =>
        [.. candidates.Where(candidate => candidate.Terms >= LeastFit * weights.Total && IsMessage(candidate)).OrderByDescending(candidate => candidate.Terms).Take(MostNames)
            .Select(candidate => new WeightedTerm(TermHash.OfName(candidate.Symbol!.Name), (float)(Weight * candidate.Terms))).DistinctBy(term => term.Term)
            .Where(term => unitsWith(term.Term) is > 1 and <= MostUses && weights.Terms.All(known => known.Term != term.Term))];

    private static bool IsMessage(UnitCandidate candidate) => candidate.Symbol is { IsMember: true } && candidate.Holders.Any(holder => holder.IsType && Resources().IsMatch(holder.Name));

    [GeneratedRegex("(Strings|Resources|Messages|^SR|^Res)$")]
    private static partial Regex Resources();
}
