using Rlm.Context;

namespace Rlm.Benchmarks.Quality;

/// <summary>A way to rank, so that two can be measured by the same questions.</summary>
internal interface IQualityEngine
{
    /// <summary>As <c>--engine</c> names it.</summary>
    string Name { get; }

    /// <summary>Whatever has to be there before the first question (an index), not timed with the questions.</summary>
    void Prepare(ContextStore store);

    /// <summary>The best regions over the whole repository, best first, at most <paramref name="count"/>.</summary>
    IReadOnlyList<RankedRegion> Ask(ContextStore store, string question, int count);
}
