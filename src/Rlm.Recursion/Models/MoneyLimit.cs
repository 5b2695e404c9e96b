using Rlm.Recursion.Budget;

namespace Rlm.Recursion.Models;

/// <summary>What a limit of money means where a price is not known.</summary>
public static class MoneyLimit
{
    /// <summary>
    /// The limits that a run is held to. A limit of money that somebody asked for needs the price of every model, else the run is refused: an unknown price is never
    /// counted as nothing. The standard limit, which nobody asked for, holds only where all prices are known.
    /// </summary>
    /// <param name="limits">Operator's and caller's together.</param>
    /// <param name="asked">Whether operator or caller named an amount.</param>
    /// <param name="models">The models of the run.</param>
    /// <exception cref="RecursionException"><c>not_available</c>: an amount was asked for and a price is unknown.</exception>
    public static Limits Apply(Limits limits, bool asked, params IEnumerable<Model> models)
    {
        if (limits.Usd is null || models.FirstOrDefault(model => model.Price is null) is not { } unknown) return limits;
        if (!asked) return limits with { Usd = null };
        throw new RecursionException("not_available", $"A limit of {limits.Usd} USD was asked for, and the price of {unknown.Name} is not known.",
            $"Name its price: --price {unknown.Name[(unknown.Name.IndexOf(':', StringComparison.Ordinal) + 1)..]}=IN,OUT (USD per million tokens), or limit calls or tokens instead.");
    }
}
