using System.Collections.Frozen;

namespace Rlm.Context.Search.Ranking;

/// <summary>Words of questions that say how one asks, not what about. They are indexed, since names hold them, and not looked for on their own.</summary>
internal static class QuestionFiller
{
    private const string Words =
        "a about above actually after again all also another asks back because become becomes before begin below between both called cause causes code codebase come comes current currently decide decided decides determine "
        + "determined determines did different does doing done during every exactly explain explains find finds first found gets give given gives go goes happen happened happening happens help here how "
        + "i implement implementation implementations implemented implements including instead its just know like list logic look looked looks made make makes many me method methods mean means more most my need needed needs "
        + "once only other over part place please project provided really repo repository responsible same see should show shows side since something still take takes tell than them through thing things "
        + "until up us use used uses using via want way we what when where whether which while who why without work working works";

    private static readonly FrozenSet<string> All = Words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a word is one of them.</summary>
    public static bool Contains(string word) => All.Contains(word);
}
