using Rlm.Recursion.Budget;

namespace Rlm.Recursion.Tests.Budget;

/// <summary>Lists of what was reserved, spent and kept back in each ledger of a tree, added up from scratch for every question.</summary>
internal sealed class LedgerOracle
{
    private readonly List<Node> _nodes;
    private readonly List<(Reservation Reservation, int Node)> _pending = [];

    public LedgerOracle(Limits limits) => _nodes = [new(new(limits, new SteadyTime()), limits, -1)];

    public void Step(Random random, string where)
    {
        var at = random.Next(_nodes.Count);
        var node = _nodes[at];
        var cost = LedgerModelTests.RandomCost(random);
        switch (random.Next(9))
        {
            case 0 when _nodes.Count < 8:
                var limits = LedgerModelTests.RandomLimits(random);
                _nodes.Add(new(node.Ledger.Branch(limits), limits, at));
                break;
            case 1:
                var fits = Fits(at, cost);
                Assert.True(node.Ledger.KeepBack(cost) == fits, where);
                if (fits) node.Kept += cost;
                break;
            case 2:
                node.Ledger.ClaimKeptBack();
                node.IsClaimed = true;
                break;
            case 3:
                node.Ledger.ReleaseKeptBack();
                (node.Kept, node.IsClaimed) = (default, false);
                break;
            case 4 or 5:
                EndOne(random);
                break;
            default:
                Reserve(at, cost, where);
                break;
        }
        Compare(where);
    }

    public void End(string where)
    {
        while (_pending.Count > 0) EndOne(new(1));
        foreach (var node in _nodes)
        {
            node.Ledger.ReleaseKeptBack();
            node.Kept = default;
        }
        Compare(where);
        Assert.True(_nodes.TrueForAll(node => node.Ledger.Held == node.Ledger.Spent), where);
    }

    private void Reserve(int at, CallCost cost, string where)
    {
        var (node, fits) = (_nodes[at], Fits(at, cost - Claimed(_nodes[at], cost)));
        Assert.True(node.Ledger.WhyNot(cost) is null == fits, where);
        if (!fits)
        {
            Assert.Throws<BudgetSpentException>(() => node.Ledger.Reserve(cost));
            return;
        }
        node.Kept -= Claimed(node, cost);
        _pending.Add((node.Ledger.Reserve(cost), at));
        node.Reserved.Add(cost);
    }

    private void EndOne(Random random)
    {
        if (_pending.Count == 0) return;
        var at = random.Next(_pending.Count);
        var (reservation, node) = _pending[at];
        _pending.RemoveAt(at);
        var worst = reservation.Worst;
        _nodes[node].Reserved.Remove(worst);
        var actual = random.Next(3) switch { 0 => default, 1 => worst, _ => new(worst.Calls, worst.InputTokens / 2, worst.OutputTokens / 3, worst.Usd / 4) };
        reservation.Settle(actual);
        reservation.Dispose();
        _nodes[node].Spent.Add(actual);
    }

    private void Compare(string where)
    {
        for (var at = 0; at < _nodes.Count; at++)
        {
            var below = Below(at).Select(each => _nodes[each]).ToArray();
            var ledger = _nodes[at].Ledger;
            Assert.True(ledger.Spent == Sum(below.SelectMany(each => each.Spent)), where);
            Assert.True(ledger.Reserved == Sum(below.SelectMany(each => each.Reserved)), where);
            Assert.True(ledger.KeptBack == Sum(below.Select(each => each.Kept)), where);
            Assert.True(LedgerModelTests.Fits(ledger.Held, _nodes[at].Limits), where);
        }
    }

    private bool Fits(int at, CallCost fresh)
    {
        for (; at >= 0; at = _nodes[at].Parent)
        {
            var below = Below(at).Select(each => _nodes[each]).ToArray();
            if (!LedgerModelTests.Fits(Sum(below.SelectMany(each => each.Spent.Concat(each.Reserved).Append(each.Kept))) + fresh, _nodes[at].Limits)) return false;
        }
        return true;
    }

    private static CallCost Claimed(Node node, CallCost cost) => !node.IsClaimed ? default
        : new(Math.Min(node.Kept.Calls, cost.Calls), Math.Min(node.Kept.InputTokens, cost.InputTokens), Math.Min(node.Kept.OutputTokens, cost.OutputTokens), Math.Min(node.Kept.Usd, cost.Usd));

    private IEnumerable<int> Below(int root) => Enumerable.Range(0, _nodes.Count).Where(at =>
    {
        while (at >= 0 && at != root) at = _nodes[at].Parent;
        return at == root;
    });

    private static CallCost Sum(IEnumerable<CallCost> costs) => costs.Aggregate(default(CallCost), (sum, cost) => sum + cost);

    private sealed class Node(Ledger ledger, Limits limits, int parent)
    {
        public Ledger Ledger => ledger;

        public Limits Limits => limits;

        public int Parent => parent;

        public List<CallCost> Spent { get; } = [];

        public List<CallCost> Reserved { get; } = [];

        public CallCost Kept { get; set; }

        public bool IsClaimed { get; set; }
    }
}
