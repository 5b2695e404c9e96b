using Rlm.Recursion.Programs.Language.Running;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>A range of ints within 64 bits; the step is not 0.</summary>
internal sealed class PyRange(long start, long stop, long step)
{
    public long Start { get; } = start;

    public long Stop { get; } = stop;

    public long Step { get; } = step;

    public long Count { get; } = step > 0 ? (start >= stop ? 0 : Rounds(start, stop, step)) : start <= stop ? 0 : Rounds(stop, start, -(Int128)step);

    public object this[long index] => Box.Of(Start + index * Step);

    public bool Contains(long value) => Count > 0 && (Step > 0 ? value >= Start && value < Stop : value <= Start && value > Stop) && ((Int128)value - Start) % Step == 0;

    // A range over all 64 bits has more elements than a long counts; no program lives to see the last.
    private static long Rounds(Int128 low, Int128 high, Int128 step) => (long)Int128.Min((high - low - 1) / step + 1, long.MaxValue);
}
