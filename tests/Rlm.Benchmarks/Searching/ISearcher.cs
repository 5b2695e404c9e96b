using Rlm.Context.Search;

namespace Rlm.Benchmarks.Searching;

/// <summary>A program, or a way to use one, that finds all lines with a pattern.</summary>
internal interface ISearcher
{
    /// <summary>Head of its column.</summary>
    string Name { get; }

    /// <summary>Searches, which is what is timed, and gives a function that counts the matching lines, which is not.</summary>
    Func<long> Search(TextQuery query);
}
