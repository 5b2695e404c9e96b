using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary><c>itertools.groupby</c>: groups share one source, and a group ends when the next is asked for.</summary>
internal sealed class Grouping(Machine machine, PyIterator source, object? key)
{
    private object? _key, _item;
    private int _group;

    public IEnumerable<object> Groups()
    {
        if (!Advance()) yield break;
        while (_key is { } current)
        {
            var number = ++_group;
            yield return PyTuple.Of(current, new SequenceIterator("itertools._grouper", Members(current, number).GetEnumerator()));
            while (_key is not null && Comparing.Same(_key, current))
                if (!Advance()) yield break;
        }
    }

    private IEnumerable<object> Members(object current, int number)
    {
        while (number == _group && _key is not null && Comparing.Same(_key, current))
        {
            var item = _item!;
            var more = Advance();
            yield return item;
            if (!more) yield break;
        }
    }

    private bool Advance()
    {
        machine.Tick();
        if (!source.Next(machine, out var item))
        {
            (_key, _item) = (null, null);
            return false;
        }
        (_item, _key) = (item, key is null ? item : Calls.Call(machine, key, item));
        return true;
    }
}
