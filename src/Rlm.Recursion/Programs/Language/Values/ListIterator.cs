using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>Over a list by index, so that what is appended meanwhile is seen, as in CPython.</summary>
internal sealed class ListIterator(PyList list) : PyIterator("list_iterator")
{
    private int _index;
    private PyList? _list = list;

    public override bool Next(Machine machine, out object value)
    {
        if (_list is { } list && _index < list.Items.Count)
        {
            value = list.Items[_index++];
            return true;
        }
        _list = null;
        value = PyNone.Value;
        return false;
    }
}
