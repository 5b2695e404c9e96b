using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary><c>in</c>.</summary>
internal static class Containing
{
    public static bool Has(Machine machine, object container, object value)
    {
        switch (container)
        {
            case string text:
                if (value is not string part) throw Raise.Type($"'in <string>' requires string as left operand, not {Types.NameOf(value)}");
                machine.Tick(text.Length / 64);
                return text.Contains(part, StringComparison.Ordinal);
            case PyDict dict:
                return dict.Has(value);
            case PySet set:
                return set.Has(value is PySet { Frozen: false } inner ? inner.Copy(machine, true) : value);
            case PyDictView { Kind: "dict_keys" } keys:
                return keys.Dict.Has(value);
            case PyDictView { Kind: "dict_items" } items:
                return value is PyTuple { Items: [var key, var held] } && items.Dict.TryGet(key, out var found) && Comparing.Same(found, held);
            case PyRange range when value is long or bool:
                return range.Contains(Indexes.Of(value));
            case HostMap map:
                return map.Has(machine, value);
            case PyInstance instance when Instances.Try(machine, instance, "__contains__", value) is { } own:
                return Truth.Of(machine, own);
            case PyClass { Members: null } or PyNone or long or double or bool or System.Numerics.BigInteger or PyFunction or PyNative or PyModule or PyClass:
                throw Raise.Type($"argument of type '{Types.NameOf(container)}' is not iterable");
            default:
                foreach (var item in Iterating.Each(machine, container))
                    if (Comparing.Same(item, value)) return true;
                return false;
        }
    }
}
