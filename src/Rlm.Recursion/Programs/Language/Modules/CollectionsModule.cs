using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary><c>collections</c>: Counter, defaultdict, OrderedDict, deque, namedtuple.</summary>
internal static class CollectionsModule
{
    public static PyModule Make()
    {
        Types.Counter.Construct = CounterOps.Make;
        Types.DefaultDict.Construct = DefaultDict;
        Types.OrderedDict.Construct = (machine, args) => Fill(machine, new PyDict(DictKind.Ordered), args, 0);
        Types.Deque.Construct = Deque;
        return new PyModule("collections", new Dictionary<string, object>
        {
            ["Counter"] = Types.Counter,
            ["defaultdict"] = Types.DefaultDict,
            ["OrderedDict"] = Types.OrderedDict,
            ["deque"] = Types.Deque,
            ["namedtuple"] = new PyNative("namedtuple", NamedTuple),
        });
    }

    private static object DefaultDict(Machine machine, Args args)
    {
        var factory = args.Count > 0 ? args[0] : PyNone.Value;
        if (factory is not PyNone && !Calls.IsCallable(factory)) throw Raise.Type("first argument must be callable or None");
        return Fill(machine, new PyDict(DictKind.Default) { Factory = factory is PyNone ? null : factory }, args, 1);
    }

    private static PyDict Fill(Machine machine, PyDict made, Args args, int from)
    {
        if (args.Count > from + 1) throw Raise.Type($"expected at most {from + 1} arguments, got {args.Count}");
        if (args.Count > from) DictMethods.Update(machine, made, args[from]);
        foreach (var (name, value) in args.Named) made.Set(machine, name, value);
        return made;
    }

    private static object Deque(Machine machine, Args args)
    {
        var given = args.Bind("deque", 0, "iterable", "maxlen");
        var maximum = given[1] is null or PyNone ? (int?)null : (int)Math.Min(int.MaxValue, Indexes.Of(given[1]!));
        if (maximum < 0) throw Raise.Value("maxlen must be non-negative");
        var made = new PyDeque(maximum);
        if (given[0] is { } source)
            foreach (var item in Iterating.Each(machine, source)) DequeMethods.Append(machine, made, item);
        return made;
    }

    private static object NamedTuple(Machine machine, Args args)
    {
        var given = args.Bind("namedtuple", 2, "typename", "field_names", "*defaults", "*rename", "*module");
        if (given[3] is not null || given[4] is not null) throw Refuse.Here(Refusals.Option, "namedtuple(rename=, module=)");
        var names = (given[1] is string text ? text.Replace(',', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries) : Iterating.Collect(machine, given[1]!).Select(name => Writing.Str(machine, name))).ToList();
        foreach (var name in names)
        {
            if (!StrTests.IsIdentifier(name)) throw Raise.Value($"Type names and field names must be valid identifiers: {Writing.Quoted(name)}");
            if (name[0] == '_') throw Raise.Value($"Field names cannot start with an underscore: {Writing.Quoted(name)}");
        }
        if (names.Distinct().Count() != names.Count) throw Raise.Value($"Encountered duplicate field name: {Writing.Quoted(names.GroupBy(name => name).First(group => group.Count() > 1).Key)}");
        var defaults = given[2] is null or PyNone ? [] : Iterating.Collect(machine, given[2]!);
        if (defaults.Count > names.Count) throw Raise.Type("Got more default values than field names");
        return NamedTuples.Type(StrMethods.Text(given[0]!, "typename"), names, defaults);
    }
}
