using System.Text;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>Built-in functions about single values.</summary>
internal static class BasicFunctions
{
    public static readonly Dictionary<string, Native> All = new()
    {
        ["print"] = Print,
        ["len"] = (machine, args) => Length(machine, args.One("len")),
        ["repr"] = (machine, args) => Charged(machine, Writing.Repr(machine, args.One("repr"))),
        ["ascii"] = (machine, args) => Charged(machine, Writing.Ascii(machine, args.One("ascii"))),
        ["format"] = (machine, args) => Formatting.Format(machine, args.Between("format", 1, 2)[0]!, args.Count > 1 ? StrMethods.Text(args[1], "format() argument 2") : ""),
        ["chr"] = (_, args) => Indexes.Of(args.One("chr")) is >= 0 and <= 0x10FFFF and var code ? Character(code) : throw Raise.Value("chr() arg not in range(0x110000)"),
        ["ord"] = (_, args) => args.One("ord") is string text ? CodePoints.Count(text) == 1 ? Box.Of(char.ConvertToUtf32(text, 0)) : throw Raise.Type($"ord() expected a character, but string of length {CodePoints.Count(text)} found") : throw Raise.Type($"ord() expected string of length 1, but {Types.NameOf(args[0])} found"),
        ["callable"] = (_, args) => Box.Of(Calls.IsCallable(args.One("callable"))),
        ["hash"] = (_, args) => Box.Of(Hashing.Of(args.One("hash"))),
        ["isinstance"] = (_, args) => Box.Of(IsInstance(Types.Of(args.Between("isinstance", 2, 2)[0]!), args[1], "isinstance() arg 2 must be a type, a tuple of types, or a union")),
        ["issubclass"] = (_, args) => Box.Of(IsInstance(args.Between("issubclass", 2, 2)[0] as PyClass ?? throw Raise.Type("issubclass() arg 1 must be a class"), args[1], "issubclass() arg 2 must be a class, a tuple of classes, or a union")),
        ["iter"] = (machine, args) => args.Between("iter", 1, 2)[1] is null ? Iterating.Over(machine, args[0]) : new SequenceIterator("callable_iterator", Until(machine, args[0], args[1]).GetEnumerator()),
        ["next"] = Next,
    };

    public static object Next(Machine machine, Args args)
    {
        var given = args.Between("next", 1, 2);
        if (given[0] is PyInstance instance && instance.Type.Find("__next__") is not null)
        {
            try
            {
                return Instances.Try(machine, instance, "__next__")!;
            }
            catch (PyRaise end) when (given[1] is not null && end.Value.Type.Is(ExceptionTypes.StopIteration))
            {
                return given[1]!;
            }
        }
        if (given[0] is not PyIterator iterator) throw Raise.Type($"'{Types.NameOf(given[0]!)}' object is not an iterator");
        if (iterator.Next(machine, out var value)) return value;
        return given[1] ?? throw new PyRaise(new PyException(ExceptionTypes.StopIteration, iterator is SequenceIterator { Result: { } result and not PyNone } ? PyTuple.Of(result) : PyTuple.Empty));
    }

    public static string Character(long code)
    {
        if (code is >= 0xD800 and <= 0xDFFF) throw Refuse.Here(Refusals.Surrogate);
        return code < 0x10000 ? CodePoints.One((char)code) : char.ConvertFromUtf32((int)code);
    }

    public static object Length(Machine machine, object value) => value switch
    {
        string text => Box.Of(CodePoints.Count(text)),
        PyList list => Box.Of(list.Items.Count),
        PyDict dict => Box.Of(dict.Count),
        PyTuple tuple => Box.Of(tuple.Items.Length),
        PySet set => Box.Of(set.Count),
        PyRange range => range.Count == long.MaxValue ? throw Raise.Overflow("Python int too large to convert to C ssize_t") : Box.Of(range.Count),
        PyDictView view => Box.Of(view.Dict.Count),
        PyDeque deque => Box.Of(deque.Items.Count),
        LazyList lazy => Box.Of(lazy.Count),
        HostMap map => Box.Of(map.Keys(machine).Count),
        _ => Instances.Try(machine, value, "__len__") is { } length ? (Indexes.Of(length) >= 0 ? length : throw Raise.Value("__len__() should return >= 0")) : throw Raise.Type($"object of type '{Types.NameOf(value)}' has no len()"),
    };

    private static string Charged(Machine machine, string text)
    {
        machine.ChargeText(text.Length);
        return text;
    }

    private static object Print(Machine machine, Args args)
    {
        var (separator, end) = (" ", "\n");
        foreach (var (name, value) in args.Named)
            switch (name)
            {
                case "sep" when value is string or PyNone:
                    separator = value as string ?? " ";
                    break;
                case "end" when value is string or PyNone:
                    end = value as string ?? "\n";
                    break;
                case "sep" or "end":
                    throw Raise.Type($"{name} must be None or a string, not {Types.NameOf(value)}");
                case "flush":
                    break;
                case "file":
                    throw Refuse.Here(Refusals.Option, "print(file=...)");
                default:
                    throw Raise.Type($"'{name}' is an invalid keyword argument for print()");
            }
        if (args.Items.Length == 1)
        {
            machine.Print(Writing.Str(machine, args[0]) + end);
            return PyNone.Value;
        }
        // Each part goes out by itself, so that a long line needs no copy of itself.
        for (var index = 0; index < args.Count; index++) machine.Print(index == 0 ? Writing.Str(machine, args[index]) : separator + Writing.Str(machine, args[index]));
        machine.Print(end);
        return PyNone.Value;
    }

    private static bool IsInstance(PyClass type, object asked, string error) => asked switch
    {
        PyClass one => type.Is(one),
        PyTuple several => several.Items.Any(one => IsInstance(type, one, error)),
        _ => throw Raise.Type(error),
    };

    private static IEnumerable<object> Until(Machine machine, object function, object end)
    {
        while (true)
        {
            machine.Tick();
            var value = Calls.Call(machine, function, Args.None);
            if (Comparing.Same(value, end)) yield break;
            yield return value;
        }
    }
}
