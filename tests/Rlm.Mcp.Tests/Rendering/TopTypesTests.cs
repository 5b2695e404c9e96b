using Rlm.Context.Search;
using Rlm.Mcp.Rendering;
using Rlm.Mcp.Tests.Tools;

namespace Rlm.Mcp.Tests.Rendering;

/// <summary>The first types of nested lots are those of a sort of them all.</summary>
public sealed class TopTypesTests
{
    [Fact]
    public void FirstOfNestedLots_EqualASortOfAll() => TestScale.ForAll(2_000, random =>
    {
        var all = Enumerable.Range(0, random.Next(120)).Select(_ => new DeclaredType("T" + random.Next(1, random.Next(2, 60)), random.Next(4), random.Next(4))).ToArray();
        var top = Nested(all, random);
        var wanted = all.OrderByDescending(type => type.Mentions).ThenByDescending(type => type.Lines).ThenBy(type => type.Name, StringComparer.Ordinal).Select(type => type.Name).Distinct().ToArray();
        for (var count = 0; count <= TopTypes.Most; count++) Assert.Equal(wanted.Take(count), top.Names(count));
    });

    private static TopTypes Nested(DeclaredType[] types, Random random)
    {
        var top = new TopTypes();
        for (var at = 0; at < types.Length;)
        {
            var part = types[at..Math.Min(types.Length, at + random.Next(1, types.Length + 1))];
            at += part.Length;
            top.Add(part.Length == types.Length || random.Next(3) == 0 ? part : Nested(part, random).Types);
        }
        return top;
    }
}
