using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>One answer of the host about a long list.</summary>
/// <param name="Rows">The next rows.</param>
/// <param name="More">A cursor for those after them; null at the end.</param>
/// <param name="Total">How many there are in all, when known.</param>
internal sealed record LazyRows(List<object> Rows, object? More, long? Total);
