using System.Numerics;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>What counts as true.</summary>
internal static class Truth
{
    public static bool Of(Machine machine, object value) => value switch
    {
        bool truth => truth,
        PyNone none => !ReferenceEquals(none, PyNone.Value),
        long number => number != 0,
        string text => text.Length > 0,
        PyList list => list.Items.Count > 0,
        PyDict dict => dict.Count > 0,
        double number => number != 0,
        BigInteger => true,
        PyTuple tuple => tuple.Items.Length > 0,
        PySet set => set.Count > 0,
        PyRange range => range.Count > 0,
        PyDeque deque => deque.Items.Count > 0,
        PyDictView view => view.Dict.Count > 0,
        LazyList lazy => lazy.Has(0),
        PyException => true,
        PyInstance instance => Instances.Truth(machine, instance),
        _ => true,
    };
}
