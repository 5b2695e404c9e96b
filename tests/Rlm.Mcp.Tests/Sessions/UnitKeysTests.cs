using Rlm.Context;
using Rlm.Mcp.Sessions;
using Rlm.Mcp.Tests.Tools;
using Rlm.Recursion.Context;

namespace Rlm.Mcp.Tests.Sessions;

public sealed class UnitKeysTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(PairKey.Signature, "A.One B.Two, A.Far B.Near")]
    [InlineData(PairKey.Caller, "A.One A.Far, A.One B.Near, A.Far B.Near")]
    public void Units_ShareAKeyThatCodeFinds(PairKey by, string expected)
    {
        _bench.Write("a.cs", """
            using System.Collections.Generic;
            class A { public static int One(string name, Dictionary<string, int> map = null) { return 1; } internal void Far(params int[] all) { } }
            class B { private static int Two(string other, Dictionary<string, int> seen) => 2; public void Near(params int[] some) { B.Two("", null); } }
            class C { void Both(A a, B b) { A.One("", null); a.Far(); b.Near(); } }
            """);
        using var store = new ContextStore(new ContextOptions { Root = _bench.Root });
        var context = new StoreContext(() => store, []);
        var scope = new ContextScope([["a.cs"]]);
        var units = context.Units(scope, UnitKind.Pair, CancellationToken.None).Units;
        var keys = units.Select(unit => (Name: unit.Symbol!.Split('#')[1], Keys: context.PairKeys(scope, unit, by, CancellationToken.None))).ToArray();
        var pairs = keys.SelectMany((left, at) => keys.Skip(at + 1).Where(right => left.Keys.Intersect(right.Keys).Any()).Select(right => $"{left.Name} {right.Name}"));
        Assert.Equal(expected, string.Join(", ", pairs));
    }
}
