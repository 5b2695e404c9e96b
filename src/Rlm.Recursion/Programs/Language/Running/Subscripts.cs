using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary><c>value[index]</c>, read, set and deleted.</summary>
internal static class Subscripts
{
    public static object Get(Machine machine, object value, object index)
    {
        switch (value)
        {
            case PyList list:
                return index is PySlice slice ? new PyList(Slice(machine, list.Items, slice)) : list.Items[Indexes.Place(index, list.Items.Count, "list")];
            case PyDict dict:
                return dict.TryGet(index, out var found) ? found : DictMethods.Missing(machine, dict, index);
            case string text:
                return index is PySlice part ? TextSlice(machine, text, part) : CodePoints.At(text, Indexes.Place(index, CodePoints.Count(text), "string"));
            case PyTuple tuple:
                return index is PySlice among ? new PyTuple([.. Slice(machine, tuple.Items, among)]) : tuple.Items[Indexes.Place(index, tuple.Items.Length, "tuple")];
            case LazyList lazy:
                return OfLazy(machine, lazy, index);
            case PyRange range:
                return index is PySlice cut ? OfRange(machine, range, cut) : range[PlaceIn(index, range.Count, "range object")];
            case PyDeque deque:
                if (index is PySlice) throw Raise.Type("sequence index must be integer, not 'slice'");
                return deque.Items.ElementAt((int)PlaceIn(index, deque.Items.Count, "deque"));
            case Modules.PyMatch match:
                return match.Group(index);
            case PyClass:
                return value;
            default:
                return Instances.Try(machine, value, "__getitem__", index) ?? HostMapping(machine, value, index) ?? throw Raise.Type($"'{Types.NameOf(value)}' object is not subscriptable");
        }
    }

    public static void Set(Machine machine, object value, object index, object content)
    {
        switch (value)
        {
            case PyList list when index is PySlice slice:
                SetSlice(machine, list, slice, content);
                return;
            case PyList list:
                list.Items[Assigned(index, list.Items.Count, "list")] = content;
                return;
            case PyDict dict:
                dict.Set(machine, index, content);
                return;
            case PyDeque deque:
                Node(deque, Assigned(index, deque.Items.Count, "deque")).Value = content;
                return;
            case LazyList:
                throw Refuse.Here(Refusals.LazyChange);
            case HostMap map:
                map.Set(machine, index, content);
                return;
            default:
                if (Instances.Try(machine, value, "__setitem__", index, content) is null) throw Raise.Type($"'{Types.NameOf(value)}' object does not support item assignment");
                return;
        }
    }

    public static void Delete(Machine machine, object value, object index)
    {
        switch (value)
        {
            case PyList list when index is PySlice slice:
                DeleteSlice(machine, list, slice);
                return;
            case PyList list:
                list.Items.RemoveAt(Assigned(index, list.Items.Count, "list"));
                return;
            case PyDict dict:
                if (!dict.Remove(index, out _) && dict.Kind != DictKind.Counter) throw Raise.Key(index);
                return;
            case PyDeque deque:
                deque.Items.Remove(Node(deque, (int)PlaceIn(index, deque.Items.Count, "deque")));
                return;
            case LazyList:
                throw Refuse.Here(Refusals.LazyChange);
            case HostMap:
                throw Raise.Type($"sets: no set can be deleted; sets[{Writing.Repr(machine, index)}] = [] empties it");
            default:
                if (Instances.Try(machine, value, "__delitem__", index) is null) throw Raise.Type($"'{Types.NameOf(value)}' object doesn't support item deletion");
                return;
        }
    }

    public static List<object> Slice(Machine machine, IReadOnlyList<object> items, PySlice slice)
    {
        var (first, step, count) = slice.Within(machine, items.Count);
        machine.ChargeElements(count);
        machine.Tick(count / 16);
        var made = new List<object>((int)count);
        for (var index = 0L; index < count; index++) made.Add(items[(int)(first + index * step)]);
        return made;
    }

    private static object? HostMapping(Machine machine, object value, object index) => value is HostMap map ? map.Get(machine, index) : null;

    private static int Assigned(object index, int length, string type)
    {
        if (type == "list" && !Indexes.IsInt(index)) return Indexes.Place(index, length, type);
        var at = Indexes.Of(index);
        if (at < 0) at += length;
        return at >= 0 && at < length ? (int)at : throw Raise.Index(type == "list" ? "list assignment index out of range" : "deque index out of range");
    }

    private static long PlaceIn(object index, long length, string type)
    {
        if (!Indexes.IsInt(index)) throw Raise.Type(type == "range object" ? $"range indices must be integers or slices, not {Types.NameOf(index)}" : $"sequence index must be integer, not '{Types.NameOf(index)}'");
        var at = Indexes.Of(index);
        if (at < 0) at += length;
        return at >= 0 && at < length ? at : throw Raise.Index($"{type} index out of range");
    }

    private static LinkedListNode<object> Node(PyDeque deque, int place)
    {
        var node = deque.Items.First!;
        for (var at = 0; at < place; at++) node = node.Next!;
        return node;
    }

    private static string TextSlice(Machine machine, string text, PySlice slice)
    {
        var (first, step, count) = slice.Within(machine, CodePoints.Count(text));
        if (count == 0) return "";
        machine.ChargeText(count);
        if (step == 1) return text[CodePoints.ToUnits(text, (int)first)..CodePoints.ToUnits(text, (int)(first + count))];
        machine.Tick(count / 8);
        var made = new System.Text.StringBuilder();
        for (var index = 0L; index < count; index++) made.Append(CodePoints.At(text, (int)(first + index * step)));
        return made.ToString();
    }

    private static object OfLazy(Machine machine, LazyList lazy, object index)
    {
        if (index is PySlice { Start: PyNone or long and >= 0, Stop: long and >= 0 and var stop } near && near.Step is PyNone or long and > 0)
        {
            lazy.Has(stop - 1);
            return new PyList(Slice(machine, lazy.Fetched, near));
        }
        if (index is PySlice slice) return new PyList(Slice(machine, lazy.Drain(), slice));
        return index is long and >= 0 and var at ? lazy.At(at) : lazy.Drain()[Indexes.Place(index, lazy.Drain().Count, "list")];
    }

    private static PyRange OfRange(Machine machine, PyRange range, PySlice slice)
    {
        var (first, step, count) = slice.Within(machine, range.Count);
        var start = range.Start + first * range.Step;
        return new PyRange(start, start + count * step * range.Step, step * range.Step);
    }

    private static void SetSlice(Machine machine, PyList list, PySlice slice, object content)
    {
        var (_, step, _) = slice.Within(machine, list.Items.Count);
        var items = Iterate(machine, content, step == 1 ? "can only assign an iterable" : "must assign iterable to extended slice");
        var (first, _, count) = slice.Within(machine, list.Items.Count);
        if (step == 1)
        {
            list.Items.RemoveRange((int)first, (int)count);
            list.Items.InsertRange((int)first, items);
            return;
        }
        if (items.Count != count) throw Raise.Value($"attempt to assign sequence of size {items.Count} to extended slice of size {count}");
        for (var index = 0; index < count; index++) list.Items[(int)(first + index * step)] = items[index];
    }

    private static List<object> Iterate(Machine machine, object content, string error)
    {
        if (content is not (PyList or PyTuple or LazyList or string or PyDict or PySet or PyIterator or PyRange or PyDictView or PyDeque or PyInstance)) throw Raise.Type(error);
        return Iterating.Collect(machine, content);
    }

    private static void DeleteSlice(Machine machine, PyList list, PySlice slice)
    {
        var (first, step, count) = slice.Within(machine, list.Items.Count);
        if (count == 0) return;
        if (step < 0) (first, step) = (first + (count - 1) * step, -step);
        if (step == 1) list.Items.RemoveRange((int)first, (int)count);
        else
        {
            var gone = 0L;
            var at = -1L;
            list.Items.RemoveAll(_ => ++at == first + gone * step && gone < count && ++gone > 0);
        }
    }
}
