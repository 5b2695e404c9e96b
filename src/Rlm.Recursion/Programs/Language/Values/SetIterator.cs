using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>Over a set; an element that comes or goes meanwhile is an error.</summary>
internal sealed class SetIterator(PySet set) : PyIterator("set_iterator")
{
    private readonly int _count = set.Count;
    private readonly IEnumerator<object> _items = set.Items.GetEnumerator();

    public override bool Next(Machine machine, out object value)
    {
        if (set.Count != _count) throw Raise.Error("RuntimeError", "Set changed size during iteration");
        var more = _items.MoveNext();
        value = more ? _items.Current : PyNone.Value;
        return more;
    }
}
