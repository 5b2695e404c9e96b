using Rlm.Context.Outlines;

namespace Rlm.Benchmarks.Quality;

/// <summary>A region that an engine gave back.</summary>
/// <param name="Path">The file.</param>
/// <param name="Symbol">The structural unit; null for lines without one, which never count as a hit.</param>
/// <param name="Start">First line, from 1.</param>
internal readonly record struct RankedRegion(string Path, Symbol? Symbol, int Start)
{
    /// <inheritdoc/>
    public override string ToString() => Symbol is null ? $"{Path}:{Start}" : $"{Path}#{Symbol.Path}";
}
