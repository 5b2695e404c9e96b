using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>Modules of a few names each.</summary>
internal static class SmallModules
{
    private static readonly string[] Hints = ["Any", "List", "Dict", "Tuple", "Set", "FrozenSet", "Optional", "Union", "Callable", "Iterable", "Iterator", "Sequence", "Mapping", "Generator", "Literal", "Final", "ClassVar"];
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    public static PyModule Operator()
    {
        var members = new Dictionary<string, object>
        {
            ["itemgetter"] = new PyNative("itemgetter", (_, keys) => new PyNative("itemgetter", (machine, args) => keys.Count == 1 ? Subscripts.Get(machine, args.One("itemgetter"), keys[0]) : new PyTuple([.. keys.Items.Select(key => Subscripts.Get(machine, args[0], key))]))),
            ["attrgetter"] = new PyNative("attrgetter", (_, names) => new PyNative("attrgetter", (machine, args) => names.Count == 1 ? Follow(machine, args.One("attrgetter"), names[0]) : new PyTuple([.. names.Items.Select(name => Follow(machine, args[0], name))]))),
            ["not_"] = new PyNative("not_", (machine, args) => Box.Of(!Truth.Of(machine, args.One("not_")))),
            ["neg"] = new PyNative("neg", (machine, args) => Arith.Negative(machine, args.One("neg"))),
            ["contains"] = new PyNative("contains", (machine, args) => Box.Of(Containing.Has(machine, args.Between("contains", 2, 2)[0]!, args[1]))),
            ["getitem"] = new PyNative("getitem", (machine, args) => Subscripts.Get(machine, args.Between("getitem", 2, 2)[0]!, args[1])),
        };
        foreach (var (name, sign) in new[] { ("add", "+"), ("sub", "-"), ("mul", "*"), ("truediv", "/"), ("floordiv", "//"), ("mod", "%"), ("pow", "**"), ("and_", "&"), ("or_", "|"), ("xor", "^") })
            members[name] = new PyNative(name, (machine, args) => Arith.Binary(machine, sign, args.Between(name, 2, 2)[0]!, args[1]));
        foreach (var (name, sign) in new[] { ("lt", "<"), ("le", "<="), ("gt", ">"), ("ge", ">=") })
            members[name] = new PyNative(name, (machine, args) => Box.Of(Comparing.Less(machine, sign, args.Between(name, 2, 2)[0]!, args[1])));
        members["eq"] = new PyNative("eq", (_, args) => Box.Of(Comparing.Equal(args.Between("eq", 2, 2)[0]!, args[1])));
        members["ne"] = new PyNative("ne", (_, args) => Box.Of(!Comparing.Equal(args.Between("ne", 2, 2)[0]!, args[1])));
        return new PyModule("operator", members);
    }

    public static PyModule String() => new("string", new Dictionary<string, object>
    {
        ["ascii_lowercase"] = Letters,
        ["ascii_uppercase"] = Letters.ToUpperInvariant(),
        ["ascii_letters"] = Letters + Letters.ToUpperInvariant(),
        ["digits"] = "0123456789",
        ["hexdigits"] = "0123456789abcdefABCDEF",
        ["octdigits"] = "01234567",
        ["punctuation"] = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
        ["whitespace"] = " \t\n\r\v\f",
        ["printable"] = "0123456789" + Letters + Letters.ToUpperInvariant() + "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\v\f",
        ["capwords"] = new PyNative("capwords", (machine, args) => args.Count == 1 ? string.Join(' ', Iterating.Items(StrSplitting.Split(machine, args[0], Args.None)).Select(word => StrCases.Capitalize((string)word))) : throw Refuse.Here(Refusals.Option, "capwords(sep)")),
    });

    public static PyModule TextWrap() => new("textwrap", new Dictionary<string, object>
    {
        ["dedent"] = new PyNative("dedent", (machine, args) => TextMargins.Dedent(machine, StrMethods.Text(args.One("dedent"), "text"))),
        ["indent"] = new PyNative("indent", (machine, args) => args.Between("indent", 2, 2) is [string text, string prefix] ? TextMargins.Indent(machine, text, prefix) : throw Refuse.Here(Refusals.Option, "indent(predicate)")),
        ["shorten"] = new PyNative("shorten", (_, _) => throw Refuse.Here(Refusals.Method, "textwrap.shorten")),
    });

    public static PyModule DataClasses() => new("dataclasses", new Dictionary<string, object>
    {
        ["dataclass"] = new PyNative("dataclass", Data, new DataClass(false, false)),
        ["field"] = new PyNative("field", Field),
        ["asdict"] = new PyNative("asdict", (machine, args) => AsDict(machine, args.One("asdict"))),
    });

    /// <summary>Hints are never looked at; anything may be asked of these names.</summary>
    public static PyModule Typing() => new("typing", Hints.ToDictionary(name => name, name => (object)new PyClass("typing." + name, Types.Object)));

    private static object Follow(Machine machine, object value, object path) => ((string)path).Split('.').Aggregate(value, (owner, name) => Attributes.Get(machine, owner, name));

    private static object Data(Machine machine, Args args)
    {
        var given = args.Bind("dataclass", 0, "/cls", "*order", "*frozen", "*eq", "*repr", "*init", "*slots", "*kw_only", "*unsafe_hash");
        if (given[0] is not null) throw Refuse.Here(Refusals.ClassDecorator, "dataclass(cls) as a call");
        if (given.Skip(3).Any(option => option is not null) && (given[6] is null || given.Where((option, place) => place >= 3 && place != 6 && option is not null).Any())) throw Refuse.Here(Refusals.DataClassOption);
        var options = new DataClass(given[1] is { } order && Truth.Of(machine, order), given[2] is { } frozen && Truth.Of(machine, frozen));
        return new PyNative("dataclass", Data, options);
    }

    private static object Field(Machine machine, Args args)
    {
        var given = args.Bind("field", 0, "*default", "*default_factory");
        return given[1] is { } factory ? new PyDescriptor("field", factory) : given[0] ?? throw Refuse.Here(Refusals.DataClassOption, "field()");
    }

    private static object AsDict(Machine machine, object value)
    {
        Deep.Check();
        switch (value)
        {
            case PyInstance { Type: { Data: not null, Fields: { } fields } } instance:
                var made = new PyDict();
                foreach (var field in fields) made.Set(machine, field, AsDict(machine, instance.Fields[field]));
                return made;
            case PyList or LazyList:
                return new PyList([.. Iterating.Collect(machine, value).Select(item => AsDict(machine, item))]);
            case PyTuple { Type: null } tuple:
                return new PyTuple([.. tuple.Items.Select(item => AsDict(machine, item))]);
            case PyDict dict:
                var copy = new PyDict();
                foreach (var (key, item) in dict.Entries) copy.Set(machine, key, AsDict(machine, item));
                return copy;
            default:
                return value;
        }
    }
}
