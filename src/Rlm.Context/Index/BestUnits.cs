namespace Rlm.Context.Index;

/// <summary>Keeps the best of the units that it is shown in ascending order of their ids: a binary heap, the worst on top.</summary>
internal sealed class BestUnits(int count)
{
    private readonly PriorityQueue<ScoredUnit, Rank> _worstFirst = new();

    /// <summary>Only a larger score gets in. Of equal ones the first stay.</summary>
    public float Bar { get; private set; } = count > 0 ? 0 : float.PositiveInfinity;

    /// <summary>Shows a unit whose score is above the bar.</summary>
    public void Add(ScoredUnit unit)
    {
        var rank = new Rank(unit);
        if (_worstFirst.Count < count) _worstFirst.Enqueue(unit, rank);
        else _worstFirst.EnqueueDequeue(unit, rank);
        if (_worstFirst.Count == count) Bar = _worstFirst.Peek().Score;
    }

    /// <summary>Those that were kept, best first.</summary>
    public ScoredUnit[] Take()
    {
        var best = new ScoredUnit[_worstFirst.Count];
        for (var place = best.Length - 1; place >= 0; place--) best[place] = _worstFirst.Dequeue();
        return best;
    }

    private readonly record struct Rank(ScoredUnit Unit) : IComparable<Rank>
    {
        public int CompareTo(Rank other)
        {
            var order = Unit.Score.CompareTo(other.Unit.Score);
            if (order == 0) order = other.Unit.Content.CompareTo(Unit.Content);
            return order != 0 ? order : other.Unit.Unit.CompareTo(Unit.Unit);
        }
    }
}
