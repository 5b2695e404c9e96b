using System.Collections.Frozen;

namespace Rlm.Context.Search.Ranking;

/// <summary>Words that say nothing about where something is: filler of English, and keywords that stand in nearly every unit. Not indexed, not looked for.</summary>
internal static class StopWords
{
    private const string English =
        "an and any are as at be been being but by can could did do does done each for from had has have having he her his if in into is it its itself may me might must my no nor not of off on one or our "
        + "shall she should so some such than that the their them then there these they this those to too two us was we were which who whom whose will with would you your";

    private const string Keywords =
        "bool break case class const def elif else end endif endregion false fi for foreach func function fn get int internal let namespace new null nil none out override param paramref params private "
        + "protected public readonly ref region return returns sealed see seealso cref langword remarks summary self set static then true using var void while";

    private static readonly FrozenSet<ulong> Hashes = (English + ' ' + Keywords).Split(' ').Select(word => TermHash.OfStem(word)).ToFrozenSet();

    /// <summary>Whether a lower-case word, given as <see cref="TermHash.OfStem"/> of the whole word, is one of them.</summary>
    public static bool Contains(ulong word) => Hashes.Contains(word);
}
