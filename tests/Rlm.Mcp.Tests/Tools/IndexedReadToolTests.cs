namespace Rlm.Mcp.Tests.Tools;

/// <summary>All of <see cref="ReadToolTests"/> once more, with an index.</summary>
public sealed class IndexedReadToolTests() : ReadToolTests(isIndexed: true);
