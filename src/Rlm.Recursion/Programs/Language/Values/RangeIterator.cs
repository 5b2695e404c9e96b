using Rlm.Recursion.Programs.Language.Running;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>Over a range.</summary>
internal sealed class RangeIterator(PyRange range) : PyIterator("range_iterator")
{
    private long _index;

    public override bool Next(Machine machine, out object value)
    {
        if (_index < range.Count)
        {
            value = range[_index++];
            return true;
        }
        value = PyNone.Value;
        return false;
    }
}
