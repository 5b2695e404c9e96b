using Rlm.Recursion.Programs.Language.Running;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>A slice, as written.</summary>
internal sealed class PySlice(object start, object stop, object step)
{
    public object Start { get; } = start;

    public object Stop { get; } = stop;

    public object Step { get; } = step;

    /// <summary>The elements meant in a sequence of this length: first index, step, and how many. CPython's <c>PySlice_AdjustIndices</c>.</summary>
    public (long First, long Step, long Count) Within(Machine machine, long length)
    {
        var step = Step is PyNone ? 1 : Indexes.Clamped(machine, Step, "slice indices must be integers or None or have an __index__ method");
        if (step == 0) throw Raise.Value("slice step cannot be zero");
        if (step == long.MinValue) step = -long.MaxValue;
        var first = Start is PyNone ? (step < 0 ? length - 1 : 0) : Bound(machine, Start, length, step);
        var end = Stop is PyNone ? (step < 0 ? -1 : length) : Bound(machine, Stop, length, step);
        var count = step > 0 ? (first < end ? (end - first - 1) / step + 1 : 0) : end < first ? (first - end - 1) / -step + 1 : 0;
        return (first, step, count);
    }

    private static long Bound(Machine machine, object value, long length, long step)
    {
        var index = Indexes.Clamped(machine, value, "slice indices must be integers or None or have an __index__ method");
        if (index < 0)
        {
            index += length;
            if (index < 0) return step < 0 ? -1 : 0;
        }
        return index >= length ? (step < 0 ? length - 1 : length) : index;
    }
}
