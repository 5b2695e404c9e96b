using System.Globalization;

namespace Rlm.Recursion.Models;

/// <summary>Turns whatever a back end threw into a fault.</summary>
internal static class Faults
{
    /// <summary>The fault inside an exception, where the vendor's package wrapped ours; else what the exception means.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="model">The model, for people.</param>
    /// <param name="limit">The limit of time that the call ran into; null when it did not.</param>
    public static ModelFaultException Of(Exception exception, string model, TimeSpan? limit)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
            if (inner is ModelFaultException fault) return fault;
        if (limit is { } waited && exception is OperationCanceledException)
            return new(ModelFaultKind.TimedOut, string.Create(CultureInfo.InvariantCulture, $"{model} gave no answer within {waited.TotalSeconds:0.#} s.")) { MayHaveCost = true };
        // A reply of the wrong shape ends in all kinds of exceptions inside the packages. Their text may quote the reply or the request, so only the type is told.
        return new(ModelFaultKind.Broken, $"The reply of {model} could not be read ({exception.GetType().Name}).") { MayHaveCost = true };
    }
}
