using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>Over a dict's entries; a key that comes or goes meanwhile is an error, as in CPython.</summary>
internal sealed class DictIterator(PyDictView view) : PyIterator(view.Kind.TrimEnd('s') + "iterator")
{
    private readonly int _version = view.Dict.Version;
    private readonly int _count = view.Dict.Count;
    private int _place;

    public override bool Next(Machine machine, out object value)
    {
        value = PyNone.Value;
        if (_place < 0) return false;
        var dict = view.Dict;
        if (dict.Count != _count) throw Raise.Error("RuntimeError", "dictionary changed size during iteration");
        if (dict.Version != _version) throw Raise.Error("RuntimeError", "dictionary keys changed during iteration");
        while (_place < dict.Places)
        {
            var (key, item) = dict.At(_place++);
            if (key is null) continue;
            value = view.Of(key, item);
            return true;
        }
        _place = -1;
        return false;
    }
}
