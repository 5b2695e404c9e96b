namespace Rlm.Mcp.Tests.Tools;

/// <summary>All of <see cref="SearchToolTests"/> once more, with an index.</summary>
public sealed class IndexedSearchToolTests() : SearchToolTests(isIndexed: true);
