using Rlm.Context.Outlines;

namespace Rlm.Context.Search.Ranking;

/// <summary>
/// What a unit is worth before its text is read: its terms, as the part of the query that they are; then how well its name, its holders and its path fit, where it lies, and how
/// often its name is used.
/// </summary>
internal sealed class UnitScore(QueryWeights weights, Func<ulong, int> unitsWith)
{
    private const double WholeName = 0.15, WholeWordName = 0.03, NameFit = 0.08, HolderFit = 0.25, PathFit = 0.25, Loose = 0.6, Constructor = 0.5, Used = 0.01;

    /// <summary>Sets <see cref="UnitCandidate.Score"/> and <see cref="UnitCandidate.Named"/>.</summary>
    public void Set(UnitCandidate candidate)
    {
        var query = weights.Query;
        var total = Math.Max(weights.Total, 1e-6f);
        var score = candidate.Terms / total;
        var path = query.MaskOf(candidate.File.Path.Value);
        ulong holders = 0, name = 0;
        foreach (var holder in candidate.Holders)
            if (holder.Kind != SymbolKinds.Namespace) holders |= query.MaskOf(holder.Name);
        if (candidate.Symbol is { } symbol)
        {
            var fit = query.CountIn(symbol.Name);
            name = fit.Mask;
            if (fit.Stems > 0) score += NameFit * weights.Of(name) / total * Math.Sqrt((double)fit.Asked / fit.Stems);
            score += ExactName(symbol.Name) * (symbol.Kind == SymbolKinds.Constructor ? Constructor : 1);
        }
        candidate.Named = name | holders | path;
        score += HolderFit * weights.Of(holders & ~name) / total + PathFit * weights.Of(path & ~name & ~holders) / total;
        score *= PlaceFactor.Of(candidate.File.Path, query);
        if (candidate.Symbol is null) score *= Loose;
        else if (SymbolKinds.IsName(candidate.Symbol.Kind)) score *= 1 + Used * Math.Log2(1 + unitsWith(TermHash.OfName(candidate.Symbol.Name)));
        candidate.Score = score;
    }

    private double ExactName(string name)
    {
        var mask = weights.Query.MaskOf(TermHash.OfName(name));
        for (var word = 0; mask != 0; word++, mask >>= 1)
            if ((mask & 1) != 0 && weights.Query.Words[word].Kind is QueryWordKind.Name or QueryWordKind.Joined) return WholeName;
        return weights.Query.CountIn(name) is { Stems: 1, Asked: 1 } ? WholeWordName : 0;
    }
}
