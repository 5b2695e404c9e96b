using System.Numerics;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>The built-in types, and the type of any value.</summary>
internal static class Types
{
    public static readonly PyClass Object = new("object", null);
    public static readonly PyClass None = Make("NoneType"), Int = Make("int"), Float = Make("float"), Str = Make("str"), List = Make("list"), Tuple = Make("tuple"), Dict = Make("dict"), Set = Make("set"),
        FrozenSet = Make("frozenset"), Range = Make("range"), Slice = Make("slice"), Function = Make("function"), Native = Make("builtin_function_or_method"), Method = Make("method"), Type = Make("type"), Module = Make("module"),
        NotImplemented = Make("NotImplementedType"), EllipsisType = Make("ellipsis"), Pattern = Make("re.Pattern"), Match = Make("re.Match"), Deque = Make("collections.deque"), Descriptor = Make("property");
    public static readonly PyClass Bool = new("bool", Int);
    public static readonly PyClass DefaultDict = new("collections.defaultdict", Dict), OrderedDict = new("collections.OrderedDict", Dict), Counter = new("Counter", Dict);
    private static readonly Dictionary<string, PyClass> Others = [];

    public static PyClass Of(object value) => value switch
    {
        string => Str,
        long or BigInteger => Int,
        bool => Bool,
        double => Float,
        PyList or LazyList => List,
        PyDict dict => OfKind(dict.Kind),
        PyTuple tuple => tuple.Type ?? Tuple,
        PyInstance instance => instance.Type,
        PyNone none => ReferenceEquals(none, PyNone.Value) ? None : ReferenceEquals(none, PyNone.NotImplemented) ? NotImplemented : EllipsisType,
        PySet set => set.Frozen ? FrozenSet : Set,
        PyFunction => Function,
        PyNative => Native,
        PyMethod => Method,
        PyClass => Type,
        PyRange => Range,
        PyModule => Module,
        PySlice => Slice,
        PyDeque => Deque,
        PyDictView view => Other(view.Kind),
        PyIterator iterator => Other(iterator.Type),
        PyPattern => Pattern,
        PyMatch => Match,
        _ => Descriptor,
    };

    /// <summary>The type's short name, as <c>__name__</c> gives it.</summary>
    public static string ShortName(PyClass type) => type.Name[(type.Name.LastIndexOf('.') + 1)..];

    /// <summary>The name of a value's type as error messages have it.</summary>
    public static string NameOf(object value) => Of(value).Name;

    private static PyClass OfKind(DictKind kind) => kind switch { DictKind.Default => DefaultDict, DictKind.Ordered => OrderedDict, DictKind.Counter => Counter, _ => Dict };

    private static PyClass Make(string name) => new(name, Object);

    private static PyClass Other(string name)
    {
        lock (Others) return Others.TryGetValue(name, out var known) ? known : Others[name] = Make(name);
    }
}
